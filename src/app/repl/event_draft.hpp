#pragma once

#include "command.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace fibercast::app {

/// An event that is being read from the arguments of `broadcast`, `publish` or `send`: flags, then
/// its text.
class event_draft {
public:
    /// `command` is the name of one that takes events.
    explicit event_draft(std::string_view command) : command_(command) {}

    /// Cuts the flags that `rest` begins with off it, and returns what is wrong with them. May be
    /// called again, for flags behind a further word.
    std::optional<commands::mistake> take_flags(std::string_view& rest);

    /// The event with this for its data: `\n` starts a new line and `\\` is a backslash; any other
    /// backslash stands for itself.
    std::variant<event, commands::mistake> with(std::string_view text) const;

private:
    std::optional<commands::mistake> set_retry(std::string_view value);

    std::string_view command_;
    std::optional<std::string> type_;
    std::optional<std::string> id_;
    std::optional<std::chrono::milliseconds> retry_;
    bool ended_ = false;  // the flags, by `--`
};

}  // namespace fibercast::app
