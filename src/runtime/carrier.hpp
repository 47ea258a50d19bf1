#pragma once

#include "compact_deadlines.hpp"
#include "compact_heap.hpp"
#include "stage.hpp"

#include <fibercast/runtime/detail/compact_fiber.hpp>
#include <fibercast/runtime/detail/parking_spot.hpp>
#include <fibercast/runtime/fiber_group.hpp>
#include <fibercast/runtime/wake_up.hpp>

#include <atomic>
#include <mutex>

namespace fibercast {

class turns;
class worker;

/// Runs the compact fibers of one worker, in one ordinary fiber: takes the first that is ready, puts
/// its frames on the stage, and goes on when it waits. Lives from the first spawn until the worker
/// ends.
class carrier {
public:
    /// The calling worker's. Throws `std::bad_alloc`, and `std::logic_error` where there is no
    /// worker.
    static carrier& here();

    /// Throws `std::bad_alloc`.
    compact_fiber::place allocate(compact_kind const& kind);
    void release(void* block) noexcept { heap_.release(block); }

    void start(compact_fiber& fiber) noexcept;
    /// Any thread: a fiber that waits and that the caller alone may wake.
    void ready(compact_fiber& fiber) noexcept;

    /// What the running fiber says before it leaves the stage.
    void add_deadline(compact_fiber& self, deadline until, channel_waiters* list) noexcept {
        deadlines_.add({until, &self, list});
    }
    void yielded(compact_fiber& self) noexcept { yielded_.push(self); }
    /// In sanitizer builds, where more is to be done.
    void leave(compact_fiber& self) noexcept { stage_.leave(self); }

    stage_sanitizer const& sanitizer() const noexcept { return stage_.sanitizer(); }

    std::size_t live() const noexcept { return live_; }
    compact_heap const& heap() const noexcept { return heap_; }

private:
    class queue {
    public:
        bool empty() const noexcept { return first_ == nullptr; }
        compact_fiber* first() const noexcept { return first_; }
        void push(compact_fiber& fiber) noexcept;
        compact_fiber* pop() noexcept;
        void append(queue& other) noexcept;
        /// To the front; false: it is not in here.
        bool prefer(compact_fiber& fiber) noexcept;

    private:
        static compact_fiber* next_of(compact_fiber& fiber) noexcept {
            return static_cast<compact_fiber*>(fiber.next_);
        }

        compact_fiber* first_ = nullptr;
        compact_fiber* last_ = nullptr;
    };

    explicit carrier(worker& home);
    ~carrier();
    static void end(void*, void* self) noexcept;

    void run();
    void run_some() noexcept;
    void load_ahead() const noexcept;
    void stopped(compact_fiber& fiber, stage::outcome how) noexcept;
    void sleep();
    void take_remote() noexcept;
    void expire(deadline now) noexcept;
    void wake(compact_fiber& fiber) noexcept;
    void wakes(compact_fiber& fiber) noexcept;
    void push(compact_fiber& fiber) noexcept;
    bool give_memory_back(deadline now) noexcept;

    turns& turns_;
    compact_heap heap_;
    stage stage_;
    queue ready_;
    queue yielded_;  // not before the others have had a turn
    compact_deadlines deadlines_;
    std::size_t live_ = 0;
    bool asleep_ = false;
    bool ending_ = false;
    bool short_of_memory_ = false;
    deadline next_tick_ = never;
    parking_spot spot_;

    std::mutex mutex_;
    queue remote_;
    std::atomic<bool> any_remote_ = false;
    wake_up bell_;
    fiber_group fibers_;  // last: it uses all of the above
};

}  // namespace fibercast
