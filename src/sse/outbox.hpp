#pragma once

#include "delivery.hpp"

#include <fibercast/runtime/deadline.hpp>
#include <fibercast/runtime/detail/parking_spot.hpp>
#include <fibercast/runtime/overflow.hpp>
#include <fibercast/runtime/runnable.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <utility>

namespace fibercast {

enum class put_result : unsigned char {
    taken,      ///< The outbox has it.
    dropped,    ///< It was full, and the policy threw this away.
    closed,     ///< It takes nothing more.
    timed_out,  ///< There was no room by the deadline (`block`).
    too_slow,   ///< It was full, and the policy is to end the client.
    behind,     ///< It was full, and the policy is to let the client read the history (`catch_up`).
    unsaid,     ///< There is room, but the client has to be told first what it has lost.
};

/// What a policy has thrown away and the client was not told of yet.
struct loss {
    std::uint64_t events = 0;
    std::uint64_t after = 0;  ///< The number behind which they are missing.
};

/// What is being done to empty an outbox.
enum class emptying : unsigned char {
    not_begun,  ///< There is none yet.
    ready,      ///< It waits for something to write, or for its turn.
    stalled,    ///< It waits for the peer to take bytes.
};

/// What waits to be written to one client: a bounded queue of deliveries, and the one place of the
/// overflow policy. Holds as many deliveries as its capacity; counts their events and bytes.
///
/// Belongs to one worker, as all who use it do, so it needs no lock: an event costs a tenth fewer
/// instructions than through Boost's channel, and a client no more memory.
class outbox {
public:
    using value_type = delivery_ptr;

    /// `capacity` is at least 1.
    outbox(std::uint32_t capacity, overflow policy) noexcept
        : capacity_(capacity), policy_(policy) {}

    /// Adds a delivery if there is room and nothing to say before. Never suspends.
    put_result try_put(delivery_ptr const& what) noexcept {
        if (closed_) return put_result::closed;
        if (full()) return put_result::too_slow;
        if (unsaid_behind()) return put_result::unsaid;
        store(what);
        return put_result::taken;
    }

    /// Adds a delivery as the policy says. Suspends under `block` until there is room, at most until
    /// the deadline, and under any policy to give what is ready its turn. One at a time.
    put_result put(delivery_ptr const& what, emptying now, deadline until);

    /// After `unsaid`: adds the event that tells what was lost, and the delivery. Never suspends.
    /// Throws `std::bad_alloc`, and then has added none.
    void put(delivery_ptr const& told, delivery_ptr const& what);

    /// Throws a delivery away in place of adding it.
    void drop(delivery const& what) noexcept;

    /// What was lost. Whoever asks tells the client.
    loss take_loss() noexcept { return std::exchange(lost_, {}); }
    /// It could not be told.
    void lost_again(loss const& what) noexcept { lost_ = what; }
    /// It was lost before what is first.
    bool unsaid_in_front() const noexcept {
        return lost_.events != 0 && policy_ == overflow::drop_oldest;
    }

    /// Takes as many as there are and `to` can hold. Returns how many. Never suspends.
    std::size_t pop_some(std::span<delivery_ptr> to) noexcept;

    /// Makes `again`, which empties it, ready as soon as something is put or it is closed. False: it
    /// is so already. `again` must live until `stop_waiting`.
    bool wait(runnable& again) noexcept;
    void stop_waiting() noexcept {
        again_ = nullptr;
        waits_ = false;
    }

    /// The next that `pop_some` takes; null when there is none.
    delivery const* front() const noexcept {
        return count_ == 0 ? nullptr : ring_ == nullptr ? only_.get() : ring_[first_].get();
    }
    /// Takes the first; there must be one.
    delivery_ptr pop() noexcept;

    /// Takes everything out. What the history has is to be read there: returns the number before the
    /// first of it. The rest is lost. Nothing: there was none.
    std::optional<std::uint64_t> leave_to_history() noexcept;

    /// What is in it can still be taken. Never suspends. Idempotent.
    void close() noexcept;

    bool closed() const noexcept { return closed_; }
    bool empty() const noexcept { return count_ == 0; }
    /// Also when there is no memory for more: makes room for several, if there is none yet.
    bool full() noexcept {
        return count_ >= capacity_ || (count_ != 0 && ring_ == nullptr && !make_ring());
    }
    /// Whether a delivery can just be added: what is asked first, for each of very many clients.
    bool has_room() noexcept { return !full() && lost_.events == 0; }
    overflow policy() const noexcept { return policy_; }
    /// What waits, and what the policy has thrown away.
    std::size_t events() const noexcept { return events_; }
    std::size_t bytes() const noexcept { return bytes_; }
    std::uint64_t dropped() const noexcept { return dropped_; }

    /// Starts to load what putting something is going to touch, and who is waked by it.
    void prefetch() const noexcept {
        if (ring_ != nullptr) __builtin_prefetch(&ring_[index(count_)], 1);
        if (again_ != nullptr) again_->prefetch();
    }

private:
    /// The place so far behind the first.
    std::uint32_t index(std::uint32_t offset) const noexcept {
        auto const sum = first_ + offset;
        return sum <= capacity_ ? sum : sum - capacity_ - 1;
    }
    bool make_ring() noexcept;
    delivery_ptr& place(std::uint32_t offset) noexcept {
        return ring_ == nullptr ? only_ : ring_[index(offset)];
    }
    void wake() noexcept {
        if (std::exchange(waits_, false)) again_->ready();
    }
    bool unsaid_behind() const noexcept {
        return lost_.events != 0 && policy_ != overflow::drop_oldest;
    }
    void lose(delivery const& what) noexcept;
    void store(delivery_ptr const& what) noexcept;
    delivery_ptr take_first() noexcept;
    void wait_for_room(deadline until);
    void wait_for_turn();

    // Most of the time there is one delivery at most, for which no memory is taken.
    delivery_ptr only_;
    std::unique_ptr<delivery_ptr[]> ring_;  // if there were more; see `make_ring`
    std::uint32_t const capacity_;
    std::uint32_t first_ = 0;
    std::uint32_t count_ = 0;
    overflow const policy_;
    bool closed_ = false;
    bool waits_ = false;               // `again_` is to be told
    runnable* again_ = nullptr;        // what empties it, if that has waited
    parking_spot* waiting_ = nullptr;  // whoever waits for room
    std::size_t events_ = 0;
    std::size_t bytes_ = 0;
    std::uint64_t dropped_ = 0;
    loss lost_;
};

}  // namespace fibercast
