#pragma once

#include <fibercast/sse/client_info.hpp>

#include <array>
#include <string>
#include <string_view>
#include <variant>

namespace fibercast::app {

/// What an operator can ask for, one struct for each.
namespace commands {

struct nothing {};  ///< An empty line.
struct broadcast {
    std::string text;
};
struct send {
    client_id to;
    std::string text;
};
struct clients {
    bool only_slow;
};
struct count {};
struct kick {
    client_id whom;
};
struct stats {};
struct help {};
struct quit {};

/// A line that is no command.
struct mistake {
    std::string what;  ///< Safe to print.
};

}  // namespace commands

using command = std::variant<commands::nothing, commands::broadcast, commands::send,
                             commands::clients, commands::count, commands::kick, commands::stats,
                             commands::help, commands::quit, commands::mistake>;

struct command_description {
    std::string_view name;
    std::string_view arguments;
    std::string_view flag;  ///< The only one, if it has one.
    std::string_view what;
};

inline constexpr std::array<command_description, 8> command_list{{
    {"broadcast", "TEXT", "",
     "send an event to all clients; \\n in TEXT starts a new line, \\\\ is a backslash"},
    {"send", "ID TEXT", "", "send an event to one client"},
    {"clients", "[--slow]", "--slow",
     "list the clients; --slow: only those that are behind, the worst first"},
    {"count", "", "", "the number of clients"},
    {"kick", "ID", "", "end one client's stream"},
    {"stats", "", "", "what the server has done and what it uses"},
    {"help", "", "", "this list"},
    {"quit", "", "", "say goodbye to the clients and stop the server"},
}};

command parse_command(std::string_view line);

}  // namespace fibercast::app
