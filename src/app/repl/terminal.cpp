#include "terminal.hpp"

#include "app/process/poll_until.hpp"

#include <unistd.h>

#include <array>
#include <chrono>

namespace fibercast::app {
namespace {

/// Nothing tells a job that it is in the foreground again.
constexpr std::chrono::milliseconds look_again{200};

bool in_background(int fd) noexcept {
    pid_t const foreground = ::tcgetpgrp(fd);  // fails unless `fd` is our controlling terminal
    return foreground >= 0 && foreground != ::getpgrp();
}

}  // namespace

terminal_modes::terminal_modes(int fd) noexcept : fd_(fd) {
    termios modes{};
    if (::tcgetattr(fd_, &modes) == 0) modes_ = modes;
}

void terminal_modes::restore() const noexcept {
    if (modes_ && !in_background(fd_)) ::tcsetattr(fd_, TCSANOW, &*modes_);
}

bool wait_for_foreground(int fd, event_flag const& stop) noexcept {
    while (in_background(fd)) {
        if (stop.wait(after(look_again))) return false;
    }
    return true;
}

bool wait_for_input(int fd, event_flag const& stop) noexcept {
    for (;;) {
        if (!wait_for_foreground(fd, stop)) return false;
        std::array<pollfd, 2> wanted{{{stop.native_handle(), POLLIN, 0}, {fd, POLLIN, 0}}};
        poll_until(wanted);
        if (wanted[0].revents != 0) return false;
        if (!in_background(fd)) return true;
    }
}

bool watch_until_input(int fd, event_flag const& stop, int other,
                       std::function<bool()> const& readable) {
    for (;;) {
        bool const ours = !in_background(fd);
        std::array<pollfd, 3> wanted{
            {{stop.native_handle(), POLLIN, 0}, {other, POLLIN, 0}, {ours ? fd : -1, POLLIN, 0}}};
        poll_until(wanted, ours ? never : after(look_again));
        if (wanted[0].revents != 0) return false;
        if (wanted[2].revents != 0 && !in_background(fd)) return true;
        if (wanted[1].revents != 0 && !readable()) return false;
    }
}

}  // namespace fibercast::app
