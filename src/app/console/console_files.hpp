#pragma once

#include <span>
#include <string_view>

namespace fibercast::app {

/// One of the files beside this one that browsers get. The build puts them into the program
/// (`cmake/embed.cmake`).
struct console_file {
    std::string_view name;  ///< Such as `console.css`.
    std::string_view text;
};

/// All of them, by name.
std::span<console_file const> console_files() noexcept;

}  // namespace fibercast::app
