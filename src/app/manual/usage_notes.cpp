#include "usage_notes.hpp"

#include <array>

namespace fibercast::app {
namespace {

constexpr std::array<usage_note, 5> notes{{
    {"VALUES",
     "TIME is a number with ms, s, m or h behind it; SIZE is bytes, or has KiB, MiB or GiB behind "
     "it."},
    {"CONFIGURATION FILE",
     "A configuration file has lines such as port = 8080, with the names of the options above; "
     "the\n"
     "command line wins."},
    {"COMMANDS",
     "Commands are read from standard input; help lists them. At the end of input the server goes\n"
     "on, unless the input is a terminal."},
    {"SIGNALS",
     "SIGINT, SIGTERM and the command quit stop the server politely: it accepts no more,\n"
     "ends the streams and exits with status 0. A second signal, 50 ms later or more, ends it at\n"
     "once, with status 128 + the signal. On a terminal, ^C first gives a half-typed line up.\n"
     "SIGHUP opens the log file again, and reads log-level and the keys again; it stops a server\n"
     "whose log is on a terminal that has gone away."},
    {"EXIT STATUS",
     "The exit status is 0 after a polite stop, 1 when the server cannot start, and 2 when an\n"
     "option is wrong."},
}};

}  // namespace

std::span<usage_note const> usage_notes() noexcept { return notes; }

}  // namespace fibercast::app
