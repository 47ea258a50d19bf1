#pragma once

#include <fibercast/runtime/wait_for.hpp>

#include <cstdint>

namespace boost::fibers {
class fiber_properties;
}

namespace fibercast {

/// What a fiber waits for in the low byte, and since when, in milliseconds, in the others; null while
/// it does not wait. No pointer, but it lies where Boost.Fiber has one that only schedulers of a
/// certain kind use, and destroys what it points to at the fiber's end: in a line of the cache that
/// a switch touches anyway, and in no memory that a fiber did not have.
using wait_note = boost::fibers::fiber_properties*;

/// Of a worker's thread.
struct wait_notes {
    wait_note* running = nullptr;  ///< Of the fiber that runs; null: none does.
    std::uint64_t now = 0;         ///< As of the last look at the event loop.
    void const* fibers = nullptr;  ///< The head of Boost's list of them, for docs/fibercast-gdb.py.
};
extern constinit thread_local wait_notes this_wait;

/// From here to `waits_no_more` the fiber waits, if it waits, for this.
inline void waits(wait_for what) noexcept {
    if (this_wait.running == nullptr) return;
    *this_wait.running =
        reinterpret_cast<wait_note>(this_wait.now << 8 | static_cast<std::uint8_t>(what));
}
inline void waits_no_more() noexcept {
    if (this_wait.running != nullptr) *this_wait.running = nullptr;
}

/// While one lives its fiber waits, if it waits, for this; a wait that is part of another one is not
/// told apart.
class waiting {
public:
    explicit waiting(wait_for what) noexcept
        : whole_(this_wait.running != nullptr && *this_wait.running == nullptr) {
        if (whole_) waits(what);
    }
    ~waiting() {
        if (whole_) waits_no_more();
    }
    waiting(waiting const&) = delete;
    waiting& operator=(waiting const&) = delete;

private:
    bool const whole_;
};

}  // namespace fibercast
