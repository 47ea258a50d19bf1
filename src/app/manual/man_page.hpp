#pragma once

#include "app/option_list.hpp"

#include <string>
#include <vector>

namespace fibercast::app {

/// fibercast(1), in the macros of man(7).
std::string man_page(std::vector<option_entry> const& options);

}  // namespace fibercast::app
