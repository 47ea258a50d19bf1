#pragma once

#include <boost/intrusive/list.hpp>

#include <atomic>

namespace fibercast {

/// Waits at a channel without a fiber of Boost's.
class channel_waiter : public boost::intrusive::list_base_hook<
                           boost::intrusive::link_mode<boost::intrusive::safe_link>> {
public:
    /// The channel has got something, or is closed; it does not wait there any more. On whatever
    /// thread that was done, and under a lock: must neither suspend nor use the channel.
    virtual void wake() noexcept = 0;

protected:
    ~channel_waiter() = default;
};

/// Those that wait so at one channel. Any thread.
///
/// Who waits looks once more when it has been added, and who has put something into the channel looks
/// afterwards whether anybody waits; all of that in one order (`seq_cst`), so one sees the other.
class channel_waiters {
public:
    void add(channel_waiter& one) noexcept {
        guard const held(*this);
        waiting_.push_back(one);
        any_ = true;
    }

    /// False: it has been woken.
    bool remove(channel_waiter& one) noexcept {
        guard const held(*this);
        if (!one.is_linked()) return false;
        waiting_.erase(waiting_.iterator_to(one));
        any_ = !waiting_.empty();
        return true;
    }

    void wake_one() noexcept {
        if (any_) wake(false);
    }
    void wake_all() noexcept {
        if (any_) wake(true);
    }

private:
    /// Held for a few instructions, so waiting for it is not worth more than this.
    class guard {
    public:
        explicit guard(channel_waiters& of) noexcept : of_(of) {
            while (of_.locked_.exchange(true, std::memory_order_acquire)) {
            }
        }
        ~guard() { of_.locked_.store(false, std::memory_order_release); }
        guard(guard const&) = delete;
        guard& operator=(guard const&) = delete;

    private:
        channel_waiters& of_;
    };

    void wake(bool all) noexcept {
        guard const held(*this);
        do {
            if (waiting_.empty()) break;
            channel_waiter& first = waiting_.front();
            waiting_.pop_front();
            first.wake();
        } while (all);
        any_ = !waiting_.empty();
    }

    boost::intrusive::list<channel_waiter, boost::intrusive::constant_time_size<false>> waiting_;
    std::atomic<bool> any_ = false;
    std::atomic<bool> locked_ = false;
};

}  // namespace fibercast
