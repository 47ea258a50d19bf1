#include "poll_until.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <limits>

namespace fibercast::app {
namespace {

int milliseconds_to(deadline until) noexcept {
    if (until == never) return -1;
    auto const now = std::chrono::steady_clock::now();
    if (until <= now) return 0;
    auto const left = std::chrono::ceil<std::chrono::milliseconds>(until - now).count();
    return static_cast<int>(std::min<decltype(left)>(left, std::numeric_limits<int>::max()));
}

}  // namespace

bool poll_until(std::span<pollfd> wanted, deadline until) noexcept {
    for (;;) {
        int const wait = milliseconds_to(until);
        int const ready = ::poll(wanted.data(), wanted.size(), wait);
        if (ready > 0) return true;
        if (ready == 0 && wait == 0) return false;
        if (ready < 0 && errno != EINTR) return false;
    }
}

}  // namespace fibercast::app
