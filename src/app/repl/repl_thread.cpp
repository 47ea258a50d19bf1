#include "repl_thread.hpp"

#include "edited_lines.hpp"
#include "plain_lines.hpp"
#include "repl.hpp"

#include <fmt/format.h>

#include <unistd.h>

#include <chrono>
#include <memory>
#include <string>
#include <utility>

namespace fibercast::app {
namespace {

constexpr std::size_t capacity = 4 * 1024 * 1024;

std::string missing_answers(std::uint64_t count) {
    return fmt::format("({} answer{} dropped here, as nobody read them)\n", count,
                       count == 1 ? " was" : "s were");
}

std::unique_ptr<line_source> make_line_source(event_flag const& stop, text_output& answers,
                                              std::optional<history_file> const& history) {
    if (::isatty(STDIN_FILENO) != 0 && ::isatty(STDOUT_FILENO) != 0) {
        if (auto editor = edited_lines::on_terminal(stop, answers, history)) return editor;
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

repl_thread::repl_thread(hub& clients, server const& serving, process_log const& log,
                         std::optional<history_file> history, event_flag& stop)
    : stop_(stop),
      interactive_(::isatty(STDIN_FILENO) != 0),
      history_(std::move(history)),
      interpreter_(clients, serving, log, broadcast_patience()),
      answers_(STDOUT_FILENO, capacity, missing_answers) {}

void repl_thread::start() {
    thread_ = std::thread([this] { run(); });
}

repl_thread::~repl_thread() {
    stop_.set();
    if (thread_.joinable()) thread_.join();
}

bool repl_thread::end() { return ended_.wait(after(std::chrono::seconds(1))); }

void repl_thread::run() {
    {
        // destroying it puts the terminal back
        auto const lines = make_line_source(stop_, answers_, history_);
        auto const why = run_repl(*lines, interpreter_, answers_);
        if (why == repl_end::quit || (why == repl_end::input && interactive_)) stop_.set();
    }
    ended_.set();
}

}  // namespace fibercast::app
