#pragma once

#include <string>
#include <vector>

namespace bench {

struct command_result {
    int status = 0;      ///< exit status; 128 and more if a signal ended it
    std::string output;  ///< both standard output and standard error
};

/// Runs a command to its end. It gets no standard input.
command_result run_command(std::vector<std::string> const& words);

}  // namespace bench
