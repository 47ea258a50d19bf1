#pragma once

#include "option_list.hpp"

#include <string>
#include <vector>

namespace fibercast::app {

/// Sets what a file of lines such as `port = 8080` says. A value may be in quotes. `#` or `;`
/// begins a comment, at the start of a line or behind a blank. Returns what is wrong with the file,
/// with its name and the line, if something is.
std::string apply_config_file(std::string const& path, std::vector<option_entry> const& known);

}  // namespace fibercast::app
