#pragma once

#include <fibercast/runtime/activity.hpp>

#include <boost/intrusive/list.hpp>

#include <sys/types.h>

#include <atomic>
#include <cstdint>
#include <mutex>
#include <string>

namespace fibercast {

/// The turns that a worker's fibers take: noted by its thread, for a few instructions each, and read
/// by whoever watches it.
class turns {
public:
    turns() = default;
    turns(turns const&) = delete;
    turns& operator=(turns const&) = delete;

    /// The following are for the worker's own thread.

    /// It begins; until then, and behind `sleeps`, nobody has a turn.
    void begin() noexcept;
    /// It is going to sleep in the event loop, or to end.
    void sleeps() noexcept { asleep_.store(true, std::memory_order_relaxed); }
    /// It has something to do, and nobody has had the turn yet.
    void wakes() noexcept {
        if (!asleep_.load(std::memory_order_relaxed)) return;
        next();
        asleep_.store(false, std::memory_order_relaxed);
    }
    /// The next turn is this fiber's, by its address; null: it is the event loop's.
    void next(void const* fiber) noexcept {
        next();
        // Behind the count: who sees this fiber and then still the last count sees that they differ.
        running_.store(fiber, std::memory_order_release);
    }
    /// It is somebody's else, in the same fiber.
    void next() noexcept {
        // One thread writes: no need for a locked instruction.
        count_.store(count_.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
    }
    void const* running() const noexcept { return running_.load(std::memory_order_acquire); }

    void add(activity& what);
    void remove(activity& what) noexcept;

    /// The following are for any thread.

    /// How many turns there were. It wraps.
    std::uint32_t count() const noexcept { return count_.load(std::memory_order_acquire); }
    bool asleep() const noexcept { return asleep_.load(std::memory_order_relaxed); }
    /// The kernel's name of the thread; after `begin`.
    pid_t thread() const noexcept { return thread_; }
    /// What it does whose turn this is, if it still is and somebody has said so; else nothing.
    /// Throws `std::bad_alloc`.
    std::string activity_in(std::uint32_t turn) const;

private:
    std::atomic<std::uint32_t> count_ = 0;
    std::atomic<bool> asleep_ = true;
    std::atomic<void const*> running_ = nullptr;
    pid_t thread_ = 0;
    mutable std::mutex mutex_;
    boost::intrusive::list<activity> activities_;
};

}  // namespace fibercast
