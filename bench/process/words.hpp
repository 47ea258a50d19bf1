#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace bench {

/// A command line's words: split at blanks, double quotes group. Throws `failure` if there is none.
std::vector<std::string> split_words(std::string const& command);

/// The ports of a server: where clients connect, and where its operators do.
struct server_ports {
    std::string clients;
    std::string admin;
};

/// `text` with every `{port}` and `{admin}` replaced.
std::string with_ports(std::string text, server_ports const& ports);

}  // namespace bench
