#include "scheduler.hpp"

#include "event_loop.hpp"
#include "hidden_member.hpp"
#include "stage_watch.hpp"

#include <fibercast/runtime/detail/compact_fiber.hpp>
#include <fibercast/runtime/detail/waiting.hpp>

#include <boost/fiber/algo/algorithm.hpp>
#include <boost/fiber/context.hpp>
#include <boost/fiber/scheduler.hpp>
#include <boost/fiber/type.hpp>

#include <time.h>

#include <atomic>
#include <cstdint>
#include <utility>

namespace fibercast {

using boost::fibers::context;

/// See `wait_note`.
struct fiber_note {
    friend constexpr auto hidden(fiber_note) noexcept;
};
template struct hidden_member<fiber_note, &context::properties_>;

/// Linked until the fiber has ended.
struct fiber_hook {
    friend constexpr auto hidden(fiber_hook) noexcept;
};
template struct hidden_member<fiber_hook, &context::worker_hook_>;

/// Of a scheduler: all fibers of its thread but the main one and the dispatcher.
struct fibers_of_thread {
    friend constexpr auto hidden(fibers_of_thread) noexcept;
};
template struct hidden_member<fibers_of_thread, &boost::fibers::scheduler::worker_queue_>;

namespace {

wait_note& note_of(context& fiber) noexcept { return fiber.*hidden(fiber_note()); }

auto& fibers_here() noexcept {
    return context::active()->get_scheduler()->*hidden(fibers_of_thread());
}

/// In milliseconds, about 4 ms behind; much cheaper than the exact one.
std::uint64_t coarse_now() noexcept {
    ::timespec now{};
    ::clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
    return static_cast<std::uint64_t>(now.tv_sec) * 1'000 +
           static_cast<std::uint64_t>(now.tv_nsec) / 1'000'000;
}

/// Round robin over the ready fibers, with the event loop as the place to sleep.
///
/// Boost.Fiber's dispatcher is a context of its own that moves remotely woken and timed-out fibers
/// to the ready queue, and calls `suspend_until` when that is empty. It is kept out of the queue
/// and handed the thread whenever the event loop is due, so that neither fibers nor I/O starve. All
/// handlers of the event loop run on its stack; they may wake fibers and must not suspend.
class io_scheduler final : public boost::fibers::algo::algorithm {
public:
    explicit io_scheduler(event_loop& events)
        : events_(events), turns_(events.turns()), io_(events.io()) {
        this_wait.fibers = &fibers_here();
        turns_.begin();
    }
    ~io_scheduler() override {
        this_wait = {};
        turns_.sleeps();
    }

    void awakened(context* fiber) noexcept override {
        if (fiber->is_context(boost::fibers::type::dispatcher_context)) {
            dispatcher_ = fiber;
        } else {
            fiber->ready_link(ready_);
        }
    }

    /// Null is an answer only for the dispatcher, which is the caller when `dispatcher_` is null.
    context* pick_next() noexcept override {
        forget_wait_of_ended();
        // What suspends here is the carrier, with a fiber on its stage.
        if (compact_fiber::current() != nullptr) waits_unknown();
        if (dispatcher_ != nullptr) {
            if (ready_.empty() || events_.is_due()) {
                events_.looks();
                io_is_due_ = true;
                this_wait.running = nullptr;
                running_ = nullptr;
                return std::exchange(dispatcher_, nullptr);
            }
        } else {
            if (std::exchange(io_is_due_, false) && !ready_.empty()) poll();
            this_wait.now = coarse_now();
        }
        if (ready_.empty()) return nullptr;
        context* const next = &ready_.front();
        ready_.pop_front();
        turns_.next(next);
        this_wait.running = &note_of(*next);
        *this_wait.running = nullptr;
        running_ = next;
        return next;
    }

    bool has_ready_fibers() const noexcept override { return !ready_.empty(); }

    void suspend_until(std::chrono::steady_clock::time_point const& until) noexcept override {
        if (state_.exchange(state::asleep, std::memory_order_acq_rel) != state::notified) {
            turns_.sleeps();
            if (until == std::chrono::steady_clock::time_point::max()) {
                io_.run_one();
            } else {
                io_.run_one_until(until);
            }
            turns_.wakes();
        }
        // A notification between the sleep and this store may be overwritten: its fiber is already
        // in the remote queue, and the dispatcher empties that queue before it can come back here.
        state_.store(state::awake, std::memory_order_relaxed);
        poll();
    }

    /// Any thread, possibly inside a channel's spinlock: only the change from asleep costs a system
    /// call.
    void notify() noexcept override {
        if (state_.load(std::memory_order_relaxed) == state::notified) return;
        if (state_.exchange(state::notified, std::memory_order_acq_rel) == state::asleep) {
            events_.wake();
        }
    }

private:
    static constexpr unsigned handlers_in_a_row = 64;

    enum class state {
        awake,     ///< Fibers run.
        notified,  ///< Another thread has made a fiber ready: do not sleep.
        asleep,    ///< In `run_one`: a notification must end it.
    };

    /// A fiber that said what it might wait for, and ended: Boost is going to destroy what it takes
    /// for a pointer.
    void forget_wait_of_ended() noexcept {
        if (running_ == nullptr || note_of(*running_) == nullptr) return;
        if (!(running_->*hidden(fiber_hook())).is_linked()) note_of(*running_) = nullptr;
    }

    /// What is ready now, but not for ever: where handlers come faster than they run, `io_.poll()`
    /// would not return, and no fiber would run again.
    void poll() {
        for (unsigned i = 0; i < handlers_in_a_row && io_.poll_one() != 0; ++i) {
        }
    }

    event_loop& events_;
    turns& turns_;
    boost::asio::io_context& io_;
    boost::fibers::scheduler::ready_queue_type ready_;
    context* dispatcher_ = nullptr;  // null while it runs
    context* running_ = nullptr;     // null while the dispatcher does
    bool io_is_due_ = false;
    alignas(64) std::atomic<state> state_ = state::awake;
};

}  // namespace

constinit thread_local wait_notes this_wait;

void for_each_fiber(void (*say)(void*, wait_for, std::chrono::milliseconds), void* to) noexcept {
    auto const now = coarse_now();
    for (auto& each : fibers_here()) {
        auto const note = reinterpret_cast<std::uintptr_t>(note_of(each));
        if (each.ready_is_linked() || &note_of(each) == this_wait.running) {
            say(to, wait_for::turn, {});
        } else if (note == 0) {
            say(to, wait_for::something, {});
        } else {
            say(to, static_cast<wait_for>(note & 0xff),
                std::chrono::milliseconds(now - (note >> 8)));
        }
    }
}

void schedule_fibers_with(event_loop& events) {
    context::active()->get_scheduler()->set_algo(new io_scheduler(events));
}

}  // namespace fibercast
