#include "outbox.hpp"

#include <fibercast/runtime/sleep.hpp>

#include <algorithm>
#include <cassert>
#include <new>
#include <utility>

namespace fibercast {

put_result outbox::put(delivery_ptr const& what, emptying now, deadline until) {
    if (full() && policy_ == overflow::block && now != emptying::not_begun) wait_for_room(until);
    // Not slow: it was woken and has not had its turn. A full outbox then says nothing.
    if (full() && policy_ != overflow::block && now == emptying::ready) wait_for_turn();
    if (closed_) return put_result::closed;
    if (full()) {
        switch (policy_) {
        case overflow::block:
            return now == emptying::not_begun ? put_result::too_slow : put_result::timed_out;
        case overflow::disconnect: return put_result::too_slow;
        case overflow::catch_up: return put_result::behind;
        case overflow::drop_newest: lose(*what); return put_result::dropped;
        case overflow::drop_oldest: lose(*take_first()); break;
        }
    }
    if (unsaid_behind()) return put_result::unsaid;
    store(what);
    return put_result::taken;
}

void outbox::put(delivery_ptr const& told, delivery_ptr const& what) {
    assert(!closed_);
    if (ring_ == nullptr && !make_ring()) throw std::bad_alloc();
    store(told);
    store(what);
}

void outbox::drop(delivery const& what) noexcept { lose(what); }

void outbox::lose(delivery const& what) noexcept {
    if (what.last() == 0) return;  // a comment
    dropped_ += what.events();
    if (lost_.events == 0) lost_.after = what.first() - 1;
    lost_.events += what.events();
}

delivery_ptr outbox::pop() noexcept {
    auto first = take_first();
    if (waiting_ != nullptr) waiting_->unpark();
    return first;
}

std::optional<std::uint64_t> outbox::leave_to_history() noexcept {
    std::optional<std::uint64_t> before;
    for (auto left = count_; left != 0; --left) {
        auto const each = take_first();
        if (each->last() == 0) {
            store(each);  // what tells of a loss stays
        } else if (!each->shared()) {
            lose(*each);
        } else if (!before) {
            before = each->first() - 1;
        }
    }
    return before;
}

std::size_t outbox::pop_some(std::span<delivery_ptr> to) noexcept {
    auto const count = std::min<std::size_t>(count_, to.size());
    for (auto& each : to.first(count)) each = take_first();
    if (count != 0 && waiting_ != nullptr) waiting_->unpark();
    return count;
}

bool outbox::wait(runnable& again) noexcept {
    if (count_ != 0 || closed_) return false;
    ring_.reset();
    again_ = &again;
    waits_ = true;
    return true;
}

void outbox::close() noexcept {
    closed_ = true;
    wake();
    if (waiting_ != nullptr) waiting_->unpark();
}

/// One place more than the capacity: for what tells of a loss.
bool outbox::make_ring() noexcept {
    ring_.reset(new (std::nothrow) delivery_ptr[std::size_t{capacity_} + 1]);
    if (ring_ == nullptr) return false;
    first_ = 0;
    ring_[0] = std::move(only_);
    return true;
}

void outbox::store(delivery_ptr const& what) noexcept {
    place(count_++) = what;
    events_ += what->events();
    bytes_ += what->size();
    wake();
}

delivery_ptr outbox::take_first() noexcept {
    auto first = std::move(place(0));
    first_ = index(1);
    --count_;
    events_ -= first->events();
    bytes_ -= first->size();
    return first;
}

/// Until what empties it has run, or the fiber that it has woken. Others may be ready before, but not
/// for ever: without memory for a fiber nobody's turn comes.
void outbox::wait_for_turn() {
    constexpr int most = 1000;
    for (int i = 0; i < most; ++i) {
        yield();
        if (again_ == nullptr || !again_->is_ready()) break;
    }
    if (full()) yield();
}

void outbox::wait_for_room(deadline until) {
    assert(waiting_ == nullptr);
    parking_spot here;
    waiting_ = &here;
    while (full() && !closed_) {
        if (!here.park(until, wait_for::client)) break;
    }
    waiting_ = nullptr;
}

}  // namespace fibercast
