#pragma once

#include <fibercast/sse/client_info.hpp>
#include <fibercast/sse/event.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace fibercast::app {

/// What an operator can ask for, one struct for each.
namespace commands {

struct nothing {};  ///< An empty line.
struct broadcast {
    event what;
};
struct publish {
    std::string topic;
    event what;
};
struct send {
    client_id to;
    event what;
};
struct clients {
    bool only_slow = false;
    std::string from = {};                            ///< What their addresses begin with.
    std::optional<std::size_t> limit = std::nullopt;  ///< Of the rows of the table.
};
struct topics {};
/// Print what a client gets: the one of this id, if there is one, else one with this topic.
struct tail {
    std::string what;
};
struct count {};
struct kick {
    client_id whom;
};
struct stats {};
struct dump {};
struct help {};
struct quit {};

/// A line that is no command.
struct mistake {
    std::string what;  ///< Safe to print.
};

}  // namespace commands

using command = std::variant<commands::nothing, commands::broadcast, commands::publish,
                             commands::send, commands::topics, commands::tail, commands::clients,
                             commands::count, commands::kick, commands::stats, commands::dump,
                             commands::help, commands::quit, commands::mistake>;

command parse_command(std::string_view line);

}  // namespace fibercast::app
