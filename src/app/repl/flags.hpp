#pragma once

#include "command.hpp"
#include "command_list.hpp"

#include <string_view>
#include <variant>

namespace fibercast::app {

/// A flag that was typed, as `--id 7` or as `--id=7`.
struct flag {
    std::string_view name;  ///< One of the command's.
    std::string_view value;
};

/// Cuts the flag that `rest` begins with off it.
std::variant<flag, commands::mistake> take_flag(std::string_view& rest,
                                                command_description const& of);

}  // namespace fibercast::app
