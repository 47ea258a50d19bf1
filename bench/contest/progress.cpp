#include "contest/progress.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>

namespace bench {
namespace {

constexpr std::chrono::milliseconds between_updates{100};
constexpr char const* clear_line = "\r\033[K";

}  // namespace

progress::progress() : terminal_{::isatty(STDERR_FILENO) == 1} {}

progress::~progress() {
    if (terminal_) fmt::print(stderr, "{}", clear_line);
}

void progress::begin(std::string title) {
    title_ = std::move(title);
    next_ = {};
    if (terminal_)
        show(title_);
    else
        fmt::print(stderr, "{}\n", title_);
}

void progress::update(std::string_view verb, int done, int all) {
    if (!terminal_) return;
    auto const now = std::chrono::steady_clock::now();
    if (now < next_ && done != all) return;
    next_ = now + between_updates;
    show(fmt::format("{}: {} {} of {}", title_, verb, done, all));
}

void progress::show(std::string_view text) {
    fmt::print(stderr, "{}{}", clear_line, text);
    std::fflush(stderr);
}

}  // namespace bench
