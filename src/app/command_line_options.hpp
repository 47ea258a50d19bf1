#pragma once

#include "option_list.hpp"

#include <vector>

namespace fibercast::app {

/// The options that no file may have, such as `--help`; what they do is `parse_options`' affair.
std::vector<option_entry> command_line_options();

}  // namespace fibercast::app
