#pragma once

#include <fibercast/api.hpp>
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
FIBERCAST_API extern constinit thread_local wait_notes this_wait;

/// If the fiber waits next, it is for this. Its next turn ends that: so nothing is left to do behind
/// the wait, and the frame of who waits does not grow for it.
inline void waits(wait_for what) noexcept {
    if (this_wait.running == nullptr) return;
    *this_wait.running =
        reinterpret_cast<wait_note>(this_wait.now << 8 | static_cast<std::uint8_t>(what));
}

/// The same for a wait that may be part of `blocking()`: then it is that one that is told.
inline void waits_inside(wait_for what) noexcept {
    if (this_wait.running == nullptr) return;
    auto const note = reinterpret_cast<std::uintptr_t>(*this_wait.running);
    if (static_cast<wait_for>(note & 0xff) != wait_for::blocking) waits(what);
}

/// It does not wait, and is not going to.
inline void wait_is_over() noexcept {
    if (this_wait.running != nullptr) *this_wait.running = nullptr;
}

}  // namespace fibercast
