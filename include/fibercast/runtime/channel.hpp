#pragma once

#include <fibercast/api.hpp>
#include <fibercast/runtime/closable.hpp>
#include <fibercast/runtime/deadline.hpp>
#include <fibercast/runtime/detail/channel_waiters.hpp>
#include <fibercast/runtime/detail/waiting.hpp>
#include <fibercast/runtime/overflow.hpp>

#include <boost/fiber/buffered_channel.hpp>

#include <algorithm>
#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <utility>

namespace fibercast {

enum class push_result {
    taken,      ///< The channel has the item.
    dropped,    ///< The policy threw it away (`drop_newest`).
    closed,     ///< The channel is closed, or the policy has just closed it (`disconnect`).
    full,       ///< No room now. Only `try_push` says so.
    timed_out,  ///< No room until the deadline (`block`).
};

/// A bounded queue that fibers send items through, with a policy for the case that it is full.
///
/// Any number of fibers, on any threads, may push and pop. When compact and ordinary fibers wait to
/// receive, a compact one gets the next item. What was pushed before `close` can still
/// be popped after it. A `T` can be default-constructed and assigned, and none of that, nor its
/// destruction, may suspend: Boost does it under a spinlock.
///
/// A thread that is not a worker must outlive the fibers that it waits for here: Boost.Fiber 1.81
/// wakes it through its scheduler, and may still touch that after `push` or `pop` has returned
/// (issues 260 and 319). main() is such a thread; one that ends right after a push is not.
template <typename T>
class channel final : public closable {
public:
    using value_type = T;

    /// Holds at least `items` items: `capacity()` says how many. Throws `std::invalid_argument` for
    /// none or for more than 2^30, and for `overflow::catch_up`.
    explicit channel(std::size_t items, overflow policy = overflow::block)
        : channel(slots_for(items), policy, tag()) {
        if (policy == overflow::catch_up)
            throw std::invalid_argument("a channel has no history to catch up from");
    }

    /// Sends an item as the policy says. Suspends only under `overflow::block`, where `timed_out`
    /// means that the deadline has passed and the channel has not got the item.
    push_result push(T item, deadline until = never) {
        if (policy_ == overflow::block) return push_when_room(item, until);
        // Each round of `drop_oldest` makes room for one; another sender may take it first.
        for (;;) {
            auto const result = try_push(item);
            if (result != push_result::full) return result;
            if (policy_ == overflow::disconnect) {
                close();
                return push_result::closed;
            }
            dropped_.fetch_add(1, std::memory_order_relaxed);
            if (policy_ == overflow::drop_newest) return push_result::dropped;
            T oldest{};
            if (!try_pop(oldest)) dropped_.fetch_sub(1, std::memory_order_relaxed);
        }
    }

    /// Sends an item if there is room, whatever the policy. Never suspends.
    push_result try_push(T const& item) {
        if (receivers_.any() && hand_over(item)) return push_result::taken;
        return counted(ring_.try_push(item));
    }

    /// Receives an item; suspends while there is none. False: closed, and everything was received,
    /// or the deadline has passed.
    bool pop(T& item, deadline until = never) {
        item = T{};  // the old value must not be destroyed under the ring's lock
        if (size_.load() > 0 && take(item)) return true;
        if (auto* const self = compact_fiber::current()) return pop_compact(*self, item, until);
        waits(wait_for::item);
        return until == never ? popped(ring_.pop(item)) : pop_before(item, until);
    }

    /// Receives an item if there is one. Never suspends.
    bool try_pop(T& item) {
        item = T{};
        return popped(ring_.try_pop(item));
    }

    /// Receives as many items as there are and `items` can take; suspends while there is none.
    /// Returns how many; 0: closed, and everything was received, or the deadline has passed.
    std::size_t pop_some(std::span<T> items, deadline until = never) {
        if (items.empty() || !pop(items[0], until)) return 0;
        std::size_t count = 1;
        while (count < items.size() && try_pop(items[count])) ++count;
        return count;
    }

    /// The same, of those that there are; never suspends.
    std::size_t try_pop_some(std::span<T> items) {
        std::size_t count = 0;
        while (count < items.size() && try_pop(items[count])) ++count;
        return count;
    }

    /// Has `who` woken, once, as soon as there is something to receive or the channel is closed; one
    /// of those that wait so for each item. False: it is so already. Never suspends.
    bool wait(channel_waiter& who) noexcept {
        if (!receivers_.add(who)) return false;
        return size_.load() <= 0 || !receivers_.remove(who);
    }
    /// Ends such a wait, if it still lasts.
    void stop_waiting(channel_waiter& who) noexcept { receivers_.remove(who); }

    /// Ends the channel: waiting senders and receivers wake up.
    void close() noexcept override {
        compact_fiber* const receivers = receivers_.close();
        compact_fiber* const senders = senders_.close();
        ring_.close();  // and the channel may go
        channel_waiters::wake_compact(receivers);
        channel_waiters::wake_compact(senders);
    }

    bool closed() const noexcept { return ring_.is_closed(); }

    /// How many items wait. Exact when no other thread uses the channel.
    std::size_t size() const noexcept {
        return static_cast<std::size_t>(std::max(size_.load(std::memory_order_relaxed), 0));
    }

    bool empty() const noexcept { return size() == 0; }

    /// How many items the channel can hold.
    std::size_t capacity() const noexcept { return capacity_; }

    overflow policy() const noexcept { return policy_; }

    /// How many items the policy has thrown away.
    std::size_t dropped() const noexcept { return dropped_.load(std::memory_order_relaxed); }

private:
    using status = boost::fibers::channel_op_status;

    struct tag {};

    channel(std::size_t slots, overflow policy, tag)
        : capacity_(static_cast<std::uint32_t>(slots - 1)), policy_(policy), ring_(slots) {}

    /// Boost's ring has a power of two of slots and keeps one of them empty.
    static std::size_t slots_for(std::size_t items) {
        constexpr std::size_t most = std::size_t{1} << 30;
        if (items == 0 || items > most)
            throw std::invalid_argument("a channel holds between one item and 2^30");
        return std::bit_ceil(items + 1);
    }

    /// Apart, so that whoever waits without a deadline has no frame of it on the stack: in a crowd of
    /// fibers each further line of a stack costs every wake-up a miss.
    [[gnu::noinline]] bool pop_before(T& item, deadline until) {
        // Boost reports a timeout also to who was woken in time and ran too late. Then there is
        // something to take, and another receiver would wait for a wake-up that was ours.
        return popped(ring_.pop_wait_until(item, until)) || popped(ring_.try_pop(item));
    }

    push_result push_when_room(T& item, deadline until) {
        if (receivers_.any() && hand_over(item)) return push_result::taken;
        if (auto* const self = compact_fiber::current()) return push_compact(*self, item, until);
        waits(wait_for::room);
        if (until == never) return counted(ring_.push(std::move(item)));
        auto const result = ring_.push_wait_until(std::move(item), until);
        if (result != status::timeout) return counted(result);
        // As in `pop_before`: the wake-up may have come, and the item has not been moved from. Then
        // there is room, which the item must take, as below.
        auto const late = counted(ring_.try_push(std::move(item)));
        return late == push_result::full ? push_result::timed_out : late;
    }

    // Compact fibers do not wait in the ring. One looks, adds itself to a list, looks again by
    // `size_`, and parks. What is counted after that look, finds it in the list. So of an item and a
    // receiver one always sees the other; and each item wakes one receiver, which takes one.
    //
    // Likewise each place that gets free wakes one sender of each kind, and that takes it, unless
    // another has. So who has waited for room does not hand over, even if a receiver has come
    // since: the place would stay free without anybody being woken for it, and once the ring is
    // empty the senders that wait in its list, or in ours, would wait for good.

    /// Gives an item to the compact fiber that waits for one, when none is before it.
    template <typename U>
    [[gnu::noinline]] bool hand_over(U& item) {
        return receivers_.hand_over_if([&] {
            if (size_.load() > 0 || handed_full_.load(std::memory_order_acquire)) return false;
            handed_ = item;
            handed_full_.store(true, std::memory_order_relaxed);
            return true;
        });
    }

    // What is alive across a wait is copied, so the rest is done in functions of their own.

    [[gnu::noinline]] bool pop_compact(compact_fiber& self, T& item, deadline until) {
        for (bool in_time = true; in_time;) {
            if (!receivers_.add(self)) return pop_at_end(self, item);
            if (size_.load() <= 0 || !receivers_.remove(self)) {
                in_time = self.park_in(receivers_, until, wait_for::item);
                if (self.was_handed_over()) return take_handed(item);
            }
            if (take(item)) return true;
        }
        return false;
    }

    [[gnu::noinline]] bool take(T& item) { return popped(ring_.try_pop(item)); }

    bool take_handed(T& item) {
        item = std::exchange(handed_, T{});
        handed_full_.store(false, std::memory_order_release);
        return true;
    }

    /// The channel is closed, or `close` is about to close the ring.
    [[gnu::noinline]] bool pop_at_end(compact_fiber& self, T& item) {
        for (;;) {
            auto const result = ring_.try_pop(item);
            if (result != status::empty) return popped(result);
            self.yield();
        }
    }

    [[gnu::noinline]] push_result push_compact(compact_fiber& self, T& item, deadline until) {
        for (bool in_time = true;;) {
            auto const result = try_push_moved(item);
            if (result != push_result::full) return result;
            if (!in_time) return push_result::timed_out;
            if (!senders_.add(self)) return push_result::closed;
            if (size_.load() >= static_cast<std::int32_t>(capacity_) || !senders_.remove(self))
                in_time = self.park_in(senders_, until, wait_for::room);
        }
    }

    [[gnu::noinline]] push_result try_push_moved(T& item) {
        return counted(ring_.try_push(std::move(item)));
    }

    push_result counted(status result) {
        switch (result) {
        case status::success:
            // In one order with what `wait` does, so that an item that it does not see is one whose
            // sender sees who waits.
            size_.fetch_add(1);
            if (receivers_.any()) receivers_.wake_one();
            return push_result::taken;
        case status::full: return push_result::full;
        default: return push_result::closed;
        }
    }

    bool popped(status result) {
        if (result != status::success) return false;
        size_.fetch_sub(1);
        if (senders_.any()) senders_.wake_one();
        return true;
    }

    // The ring has lists of its own, of Boost's fibers.
    channel_waiters receivers_;
    channel_waiters senders_;
    // Below zero while an item is received before it is counted.
    std::atomic<std::int32_t> size_ = 0;
    std::uint32_t const capacity_;
    std::atomic<std::uint32_t> dropped_ = 0;
    overflow const policy_;
    std::atomic<bool> handed_full_ = false;
    T handed_{};  // is the receiver's that was woken for it
    boost::fibers::buffered_channel<T> ring_;
};

}  // namespace fibercast
