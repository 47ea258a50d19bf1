#pragma once

#include "support/unique_fd.hpp"

#include <sys/types.h>

#include <string>

namespace end_to_end {

/// Fills the pipe that is `stream` (1: output, 2: errors) of a program, as one does that nobody
/// reads.
void fill_pipe_of(pid_t program, int stream);

/// A pipe that a program can be started with. Nobody reads it.
class unread_pipe {
public:
    enum class kind { full, reader_gone };

    explicit unread_pipe(kind what);

    /// What stands for its writing end in a redirection of a shell.
    std::string number() const { return std::to_string(write_.get()); }

private:
    unique_fd read_;
    unique_fd write_;
};

}  // namespace end_to_end
