#pragma once

#include <fibercast/runtime/deadline.hpp>
#include <fibercast/runtime/detail/parking_spot.hpp>

#include <future>
#include <optional>

namespace fibercast {

class worker;

/// Something that happens once, on any thread, and that one fiber or one thread waits for.
///
/// Made where it is waited for: on a worker it suspends the fiber, elsewhere it blocks the thread.
/// The wake-up of a fiber travels through its worker's event loop and not through Boost.Fiber's
/// remote queue, because that queue is gone as soon as the sleeping thread has ended, even when the
/// waking thread is still inside it (boostorg/fiber issues 260 and 319).
class one_shot {
public:
    one_shot();
    one_shot(one_shot const&) = delete;
    one_shot& operator=(one_shot const&) = delete;

    /// Any thread, once. The waiter may destroy this object as soon as `wait` returns.
    void set();

    /// Returns true when it has happened, false when the deadline has passed first. After false,
    /// `set` may still come: keep the object until it has, or see to it that it cannot.
    bool wait(deadline until = never);

private:
    worker* const home_;  // null: a foreign thread waits
    parking_spot spot_;
    bool happened_ = false;                      // touched by the home worker only
    std::optional<std::promise<void>> promise_;  // for a thread; a fiber needs no shared state
    std::future<void> future_;
};

}  // namespace fibercast
