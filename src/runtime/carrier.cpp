#include "carrier.hpp"

#include "turns.hpp"

#include <fibercast/runtime/detail/channel_waiters.hpp>
#include <fibercast/runtime/detail/waiting.hpp>
#include <fibercast/runtime/log.hpp>
#include <fibercast/runtime/sleep.hpp>
#include <fibercast/runtime/worker.hpp>

#include <spdlog/logger.h>

#include <algorithm>
#include <cassert>
#include <memory>
#include <new>
#include <stdexcept>

namespace fibercast {
namespace {

using clock = std::chrono::steady_clock;

/// Turns before other fibers and I/O get one.
constexpr unsigned in_a_row = 256;

constexpr auto tick = std::chrono::seconds(1);
constexpr auto until_memory_is_tried_again = std::chrono::milliseconds(10);

/// Its address is the carrier's place among the worker's objects.
constexpr char key = 0;

}  // namespace

constinit thread_local stage_view this_stage;

carrier& carrier::here() {
    if (this_stage.home != nullptr) return *this_stage.home;
    worker* const home = worker::current();
    if (home == nullptr) throw std::logic_error("a compact fiber needs a worker");
    struct ended {
        void operator()(carrier* it) const { delete it; }
    };
    std::unique_ptr<carrier, ended> made(new carrier(*home));
    home->add_local({&key, made.get(), &carrier::end});
    try {
        made->fibers_.spawn([self = made.get()] { self->run(); });
    } catch (...) {
        home->remove_local(&key);
        throw;
    }
    return *(this_stage.home = made.release());
}

carrier::carrier(worker& home)
    : turns_(home.turns()),
      stage_(home.handler_stacks(), heap_),
      bell_(home, [this] { spot_.unpark(); }),
      fibers_(home.stacks()) {
    if (!heap_.keep_reserve()) throw std::bad_alloc();
}

carrier::~carrier() { this_stage.home = nullptr; }

/// On the worker's main fiber, when no other is left.
void carrier::end(void*, void* self) noexcept {
    auto* const it = static_cast<carrier*>(self);
    assert(it->live_ == 0);
    it->ending_ = true;
    it->spot_.unpark();
    it->fibers_.join();
    // Who has woken the last fiber from another thread may only just have let go of this.
    { std::lock_guard const held(it->mutex_); }
    delete it;
}

compact_fiber::place carrier::allocate(compact_kind const& kind) {
    // While the reserve is being used up those that are here need what there is.
    if (!heap_.keep_reserve()) throw std::bad_alloc();
    deadlines_.reserve(live_ + 1);
    auto const wanted = kind.size + kind.room.load(std::memory_order_relaxed);
    auto const size = std::min(compact_heap::rounded(wanted), compact_heap::largest);
    void* const block = heap_.allocate(size);
    if (block == nullptr) throw std::bad_alloc();
    return {block, size - kind.size};
}

void carrier::start(compact_fiber& fiber) noexcept {
    ++live_;
    push(fiber);
}

void carrier::ready(compact_fiber& fiber) noexcept {
    if (this_stage.home == this) {
        wake(fiber);
        return;
    }
    // All of it under the mutex: as soon as it is free the fiber may run and end, and the worker.
    std::lock_guard const held(mutex_);
    bool const first = remote_.empty();
    remote_.push(fiber);
    any_remote_.store(true, std::memory_order_release);
    if (first) bell_.ring();
}

void carrier::run() {
    while (!ending_) {
        if (any_remote_.load(std::memory_order_acquire)) take_remote();
        auto const now = deadlines_.empty() && !heap_.has_unused() ? deadline() : clock::now();
        expire(now);
        run_some();
        bool const more = give_memory_back(now);
        ready_.append(yielded_);
        if ((!ready_.empty() || more) && !short_of_memory_) {
            fibercast::yield();
        } else {
            sleep();
        }
    }
}

void carrier::run_some() noexcept {
    short_of_memory_ = false;
    // They say themselves what they wait for.
    auto* const own = std::exchange(this_wait.running, nullptr);
    for (unsigned turns = 0; turns < in_a_row && !short_of_memory_; ++turns) {
        compact_fiber* const next = ready_.pop();
        if (next == nullptr) break;
        load_ahead();
        turns_.next();
        auto const outcome = stage_.run(*next);
        if (outcome != stage::outcome::waits) stopped(*next, outcome);
    }
    this_wait.running = own;
}

/// Among very many fibers nothing of the next ones is in the cache: all of the next is loaded, and of
/// the one behind it what says where that is.
void carrier::load_ahead() const noexcept {
    compact_fiber* const after = ready_.first();
    if (after == nullptr) return;
    __builtin_prefetch(after->next_, 1);
    stage_.prefetch(*after);
}

void carrier::stopped(compact_fiber& fiber, stage::outcome how) noexcept {
    if (how == stage::outcome::ended) {
        fiber.home_ = nullptr;
        heap_.release(&fiber);
        --live_;
        return;
    }
    ready_.push(fiber);
    // The only one that can run is the one which is there.
    if (!ready_.prefer(*stage_.resident())) short_of_memory_ = true;
}

void carrier::sleep() {
    deadline until = deadlines_.empty() ? never : deadlines_.first().until;
    until = std::min(until, next_tick_);
    if (short_of_memory_) until = std::min(until, after(until_memory_is_tried_again));
    asleep_ = true;
    spot_.park(until, wait_for::work);
    asleep_ = false;
}

void carrier::take_remote() noexcept {
    queue taken;
    {
        std::lock_guard const held(mutex_);
        taken.append(remote_);
        any_remote_.store(false, std::memory_order_relaxed);
    }
    while (compact_fiber* const next = taken.pop()) wake(*next);
}

void carrier::expire(deadline now) noexcept {
    while (!deadlines_.empty() && deadlines_.first().until <= now) {
        auto const [until, due, list] = deadlines_.first();
        deadlines_.remove(*due);
        // Whoever has taken it out of the list is about to wake it, or has.
        if (list != nullptr && !list->remove(*due)) continue;
        due->timed_out_ = true;
        wakes(*due);
    }
}

void carrier::wake(compact_fiber& fiber) noexcept {
    if (compact_deadlines::has(fiber)) deadlines_.remove(fiber);
    wakes(fiber);
}

void carrier::wakes(compact_fiber& fiber) noexcept {
    fiber.parked_ = false;
    --this_stage.waiting[static_cast<std::size_t>(fiber.waits_for_)];
    push(fiber);
}

void carrier::push(compact_fiber& fiber) noexcept {
    ready_.push(fiber);
    if (!asleep_) return;
    asleep_ = false;
    spot_.unpark();
}

/// True: there is more to do at once.
bool carrier::give_memory_back(deadline now) noexcept {
    if (!heap_.has_unused()) {
        next_tick_ = never;
    } else if (next_tick_ == never) {
        next_tick_ = clock::now() + tick;
    } else if (now >= next_tick_) {
        heap_.tick();
        next_tick_ = now + tick;
    }
    return heap_.trim();
}

void carrier::queue::push(compact_fiber& fiber) noexcept {
    fiber.next_ = nullptr;
    if (first_ != nullptr) {
        last_->next_ = &fiber;
    } else {
        first_ = &fiber;
    }
    last_ = &fiber;
}

compact_fiber* carrier::queue::pop() noexcept {
    compact_fiber* const front = first_;
    if (front != nullptr) first_ = next_of(*front);
    return front;
}

void carrier::queue::append(queue& other) noexcept {
    if (other.empty()) return;
    if (first_ != nullptr) {
        last_->next_ = other.first_;
    } else {
        first_ = other.first_;
    }
    last_ = other.last_;
    other.first_ = nullptr;
}

bool carrier::queue::prefer(compact_fiber& fiber) noexcept {
    compact_fiber* before = nullptr;
    for (auto* each = first_; each != nullptr; before = std::exchange(each, next_of(*each))) {
        if (each != &fiber) continue;
        if (before == nullptr) return true;
        before->next_ = fiber.next_;
        if (last_ == &fiber) last_ = before;
        fiber.next_ = std::exchange(first_, &fiber);
        return true;
    }
    return false;
}

}  // namespace fibercast
