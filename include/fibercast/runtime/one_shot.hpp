#pragma once

#include <fibercast/api.hpp>
#include <fibercast/runtime/deadline.hpp>
#include <fibercast/runtime/detail/parking_spot.hpp>
#include <fibercast/runtime/wake_up.hpp>

#include <condition_variable>
#include <mutex>
#include <optional>

namespace fibercast {

/// Something that happens once, on any thread, and that one fiber or one thread waits for.
///
/// Made where it is waited for: on a worker it suspends the fiber, elsewhere it blocks the thread.
/// The wake-up of a fiber travels through its worker's event loop and not through Boost.Fiber's
/// remote queue, because that queue is gone as soon as the sleeping thread has ended, even when the
/// waking thread is still inside it (boostorg/fiber issues 260 and 319).
class FIBERCAST_API one_shot {
public:
    one_shot();
    one_shot(one_shot const&) = delete;
    one_shot& operator=(one_shot const&) = delete;

    /// Any thread, once. The waiter may destroy this object as soon as `wait` returns.
    void set() noexcept;

    /// Returns true when it has happened, false when the deadline has passed first. After false,
    /// `set` may still come: keep the object until it has, or see to it that it cannot.
    bool wait(deadline until = never);

private:
    void happened() noexcept;

    bool happened_ = false;  // touched by the home worker only, or else guarded
    parking_spot spot_;
    std::optional<wake_up> wake_;  // none: a foreign thread waits
    std::mutex mutex_;
    std::condition_variable changed_;
};

}  // namespace fibercast
