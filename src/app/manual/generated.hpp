#pragma once

#include "app/option_list.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fibercast::app {

/// What `generated` makes of the options: the manual page and what completes command lines.
std::vector<std::string> generated_kinds();

/// Nothing: there is no such kind.
std::optional<std::string> generated(std::string_view kind,
                                     std::vector<option_entry> const& options);

}  // namespace fibercast::app
