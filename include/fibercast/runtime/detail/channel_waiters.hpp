#pragma once

#include <fibercast/api.hpp>
#include <fibercast/runtime/detail/compact_fiber.hpp>

#include <atomic>
#include <cstdint>
#include <thread>
#include <utility>

namespace fibercast {

/// Waits at a channel without a fiber of Boost's.
class FIBERCAST_API channel_waiter : public channel_place {
public:
    /// The channel has got something, or is closed; it does not wait there any more. On whatever
    /// thread that was done, and under a lock: must neither suspend nor use the channel.
    virtual void wake() noexcept = 0;

protected:
    channel_waiter() noexcept : channel_place(false) {}
    ~channel_waiter() = default;
};

/// Those that wait so at one channel, and the compact fibers that wait there, in the order in which
/// they came. A word, whose lowest bits say that it is locked, and that nobody may wait any more. Any
/// thread.
///
/// Who waits looks once more when it has been added, and who has put something into the channel looks
/// afterwards whether anybody waits; all of that in one order (`seq_cst`), so one sees the other. Who
/// takes somebody from the list is the one to wake him; who gives up takes himself. So everybody is
/// woken once, and nobody's wake-up is used up by one who has gone.
class channel_waiters {
public:
    /// Whether somebody waits, or may: while it is locked nobody knows.
    bool any() const noexcept { return (head_.load() & ~shut) != 0; }

    /// False: closed.
    bool add(channel_place& one) noexcept {
        // Mostly the only one: its previous is itself, then.
        one.next_ = nullptr;
        one.previous_ = &one;
        std::uintptr_t nobody = 0;
        if (head_.compare_exchange_strong(nobody, reinterpret_cast<std::uintptr_t>(&one)))
            return true;
        one.previous_ = nullptr;
        access list(*this);
        if (list.closed()) return false;
        list.push_back(one);
        list.unlock();
        return true;
    }

    /// False: it has been woken; a compact fiber may only be about to be, and must park for that.
    bool remove(channel_place& one) noexcept {
        access list(*this);
        if (one.previous_ == nullptr) return false;
        list.erase(one);
        return true;
    }

    /// Wakes the first, if there is one.
    [[gnu::noinline]] void wake_one() noexcept {
        compact_fiber* woken = nullptr;
        {
            access list(*this);
            channel_place* const first = list.first();
            if (first == nullptr) return;
            list.erase(*first);
            if (!first->compact_) return static_cast<channel_waiter*>(first)->wake();
            woken = static_cast<compact_fiber*>(first);
        }
        woken->taken();
    }

    /// Wakes the first after `give`, if that is a compact fiber and `give` returns true; else it
    /// returns false.
    template <typename Give>
    bool hand_over_if(Give const& give) {
        compact_fiber* woken = nullptr;
        {
            access list(*this);
            channel_place* const first = list.first();
            if (first == nullptr || !first->compact_ || !give()) return false;
            list.erase(*first);
            woken = static_cast<compact_fiber*>(first);
            woken->handed_over_ = true;
        }
        woken->taken();
        return true;
    }

    /// Nobody waits here any more. Wakes all but the compact fibers, which it returns for
    /// `wake_compact`.
    compact_fiber* close() noexcept {
        compact_fiber* woken = nullptr;
        channel_place* last = nullptr;
        access list(*this);
        for (channel_place* one = list.take_all(); one != nullptr;) {
            channel_place& each = *std::exchange(one, one->next_);
            each.previous_ = nullptr;
            each.next_ = nullptr;
            if (!each.compact_) {
                static_cast<channel_waiter&>(each).wake();
            } else if (woken == nullptr) {
                last = woken = static_cast<compact_fiber*>(&each);
            } else {
                last = last->next_ = &each;
            }
        }
        list.close();
        return woken;
    }

    /// Not under the lock: as soon as they run, whatever holds the list may go.
    static void wake_compact(compact_fiber* all) noexcept {
        while (all != nullptr) {
            auto* const next = static_cast<compact_fiber*>(all->next_);
            all->taken();
            all = next;
        }
    }

private:
    static constexpr std::uintptr_t locked = 1, shut = 2;

    /// Holds the lock. The first one's `previous_` is the last; the last one's `next_` is null.
    class access {
    public:
        explicit access(channel_waiters& to) noexcept
            : word_(to.head_), head_(word_.exchange(locked)) {
            if (head_ == locked) head_ = wait_for(word_);
        }
        ~access() {
            if (!unlocked_) word_.store(head_, std::memory_order_release);
        }
        access(access const&) = delete;
        access& operator=(access const&) = delete;

        /// In one order with what is looked at next.
        void unlock() noexcept {
            unlocked_ = true;
            word_.store(head_);
        }

        bool closed() const noexcept { return (head_ & shut) != 0; }
        void close() noexcept { head_ |= shut; }
        channel_place* first() const noexcept {
            return reinterpret_cast<channel_place*>(head_ & ~shut);
        }

        void push_back(channel_place& one) noexcept {
            one.next_ = nullptr;
            if (channel_place* const front = first()) {
                one.previous_ = std::exchange(front->previous_, &one);
                one.previous_->next_ = &one;
            } else {
                one.previous_ = &one;
                set_first(&one);
            }
        }

        void erase(channel_place& one) noexcept {
            channel_place* const front = first();
            channel_place* const previous = std::exchange(one.previous_, nullptr);
            if (&one == front) {
                set_first(one.next_);
            } else {
                previous->next_ = one.next_;
            }
            if (one.next_ != nullptr) {
                one.next_->previous_ = previous;
            } else if (&one != front) {
                front->previous_ = previous;
            }
        }

        channel_place* take_all() noexcept {
            channel_place* const all = first();
            set_first(nullptr);
            return all;
        }

    private:
        /// Held for a few instructions; or its holder has lost its core.
        [[gnu::noinline]] static std::uintptr_t wait_for(
            std::atomic<std::uintptr_t>& word) noexcept {
            for (unsigned tries = 0;; ++tries) {
                auto const head = word.exchange(locked);
                if (head != locked) return head;
                if (tries > 100) std::this_thread::yield();
            }
        }

        void set_first(channel_place* to) noexcept {
            head_ = (head_ & shut) | reinterpret_cast<std::uintptr_t>(to);
        }

        std::atomic<std::uintptr_t>& word_;
        std::uintptr_t head_;  // as it will be
        bool unlocked_ = false;
    };

    std::atomic<std::uintptr_t> head_ = 0;
};

}  // namespace fibercast
