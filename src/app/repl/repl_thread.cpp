#include "repl_thread.hpp"

#include "edited_lines.hpp"
#include "plain_lines.hpp"
#include "repl.hpp"

#include <unistd.h>

#include <chrono>
#include <memory>

namespace fibercast::app {
namespace {

std::unique_ptr<line_source> make_line_source(event_flag const& stop) {
    if (::isatty(STDIN_FILENO) != 0 && ::isatty(STDOUT_FILENO) != 0) {
        if (auto editor = edited_lines::on_terminal(stop)) return editor;
    }
    return std::make_unique<plain_lines>(STDIN_FILENO, stop);
}

/// Under `block` one client can hold up all broadcasts. A person must then still be able to kick
/// it; a program that feeds us through a pipe wants to wait, and lose nothing.
std::chrono::steady_clock::duration broadcast_patience() {
    if (::isatty(STDIN_FILENO) != 0) return std::chrono::seconds(2);
    return std::chrono::steady_clock::duration::max();
}

}  // namespace

console::console(hub& clients, server const& serving, event_flag& stop)
    : stop_(stop),
      interpreter_(clients, serving, broadcast_patience()),
      output_(STDOUT_FILENO, stop),
      thread_([this] { run(); }) {}

console::~console() {
    stop_.set();
    thread_.join();
}

bool console::end() { return ended_.wait(after(std::chrono::seconds(1))); }

void console::run() {
    {
        auto const lines = make_line_source(stop_);  // destroying it puts the terminal back
        auto const why = run_repl(*lines, interpreter_, output_);
        if (why == repl_end::quit || (why == repl_end::input && ::isatty(STDIN_FILENO) != 0))
            stop_.set();
    }
    ended_.set();
}

}  // namespace fibercast::app
