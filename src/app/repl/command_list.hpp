#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>

namespace fibercast::app {

/// A word such as `--slow`, before what else a command takes.
struct flag_description {
    std::string_view name;
    std::string_view value;  ///< What is behind it; empty: nothing is.
    std::string_view what;
};

struct command_description {
    std::string_view name;
    std::string_view arguments;
    std::span<flag_description const> flags;
    std::string_view what;
};

inline constexpr std::string_view end_of_flags = "--";

inline constexpr std::array<flag_description, 4> event_flags{{
    {"--event", "TYPE", "the type that selects the listener of a client"},
    {"--id", "ID", "the id that a client sends back when it reconnects"},
    {"--retry", "MS", "how long a client waits before it reconnects"},
    {end_of_flags, "", "no flag is behind this: TEXT may begin with --"},
}};

inline constexpr std::array<flag_description, 2> clients_flags{{
    {"--slow", "", "only those that are behind, the worst first"},
    {"--from", "ADDRESS", "only those whose address begins so"},
}};

inline constexpr std::array<command_description, 12> command_list{{
    {"broadcast", "TEXT", event_flags,
     "send an event to all clients; \\n in TEXT starts a new line, \\\\ is a backslash"},
    {"publish", "TOPIC TEXT", event_flags, "send an event to the subscribers of a topic"},
    {"send", "ID TEXT", event_flags, "send an event to one client"},
    {"clients", "[N]", clients_flags, "list the clients, or the first N of them"},
    {"topics", "", {}, "what clients have subscribed to, and how many of them"},
    {"tail",
     "TOPIC|ID",
     {},
     "show what comes for a topic or pattern, and broadcasts, until a key; or what the client of "
     "this id gets, if there is one"},
    {"count", "", {}, "the number of clients"},
    {"kick", "ID", {}, "end one client's stream"},
    {"stats", "", {}, "what the server has done and what it uses"},
    {"dump", "", {}, "what fibers there are: what they wait for, how many, how long"},
    {"help", "", {}, "this list"},
    {"quit", "", {}, "say goodbye to the clients and stop the server; exit does the same"},
}};

/// Null: there is none of this name.
command_description const* find_command(std::string_view name) noexcept;
flag_description const* find_flag(command_description const& of, std::string_view name) noexcept;

/// How to write it: `clients [--slow] [--from ADDRESS] [N]`.
std::string usage(command_description const& of);

/// All of the above for a person, in aligned lines.
std::string help_text();

}  // namespace fibercast::app
