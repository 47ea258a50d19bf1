#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace bench {

/// A command line's words: split at blanks, double quotes group. Throws `failure` if there is none.
std::vector<std::string> split_words(std::string const& command);

/// `text` with every `{port}` replaced.
std::string with_port(std::string text, std::string_view port);

}  // namespace bench
