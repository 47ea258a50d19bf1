#include "repl.hpp"

#include "http/escape.hpp"

#include <fmt/format.h>

#include <exception>

namespace fibercast::app {
namespace {

std::string execute(interpreter& with, command const& asked) {
    try {
        return with.execute(asked);
    } catch (std::exception const& failure) {
        return fmt::format("that failed: {}\n", escaped(failure.what()));
    }
}

/// Until a key, or a line of a program.
std::string tail(line_source& from, interpreter const& with, commands::tail const& asked,
                 text_output& to) {
    try {
        auto const stream = with.stream_of(asked);
        from.watch(stream->native_handle(), [&] {
            auto const lines = stream->read();
            if (lines) to.write(*lines);
            return lines.has_value();
        });
        return {};
    } catch (std::exception const& failure) {
        return fmt::format("that failed: {}\n", escaped(failure.what()));
    }
}

}  // namespace

repl_end run_repl(line_source& from, interpreter& with, text_output& to) {
    for (std::string line;;) {
        switch (from.read(line)) {
        case line_source::result::line: break;
        case line_source::result::too_long:
            to.write_here(
                fmt::format("the line is longer than {} bytes and is ignored\n", max_line_bytes));
            continue;
        case line_source::result::end: return repl_end::input;
        case line_source::result::stopped: return repl_end::stopped;
        }
        auto const asked = parse_command(line);
        if (std::holds_alternative<commands::quit>(asked)) return repl_end::quit;
        auto const* const watched = std::get_if<commands::tail>(&asked);
        to.write_here(watched ? tail(from, with, *watched, to) : execute(with, asked));
    }
}

}  // namespace fibercast::app
