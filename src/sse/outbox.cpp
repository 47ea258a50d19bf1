#include "outbox.hpp"

#include <fibercast/runtime/sleep.hpp>

#include <algorithm>
#include <cassert>
#include <utility>

namespace fibercast {

put_result outbox::put(delivery_ptr const& what, emptying now, deadline until) {
    if (full() && policy_ == overflow::block && now != emptying::never) wait_for_room(until);
    // Not slow: its fiber was woken and has not had its turn. A full outbox then says nothing.
    if (full() && policy_ != overflow::block && now == emptying::ready) yield();
    if (closed_) return put_result::closed;
    if (full()) {
        switch (policy_) {
        case overflow::block:
            return now == emptying::never ? put_result::too_slow : put_result::timed_out;
        case overflow::disconnect: return put_result::too_slow;
        case overflow::drop_newest: dropped_ += what->events(); return put_result::dropped;
        case overflow::drop_oldest: dropped_ += take_first()->events(); break;
        }
    }
    store(what);
    return put_result::taken;
}

std::size_t outbox::pop_some(std::span<delivery_ptr> to) {
    while (count_ == 0) {
        if (closed_) return 0;
        reader_.park();
    }
    auto const count = std::min<std::size_t>(count_, to.size());
    for (auto& each : to.first(count)) each = take_first();
    if (waiting_ != nullptr) waiting_->unpark();
    return count;
}

void outbox::close() noexcept {
    closed_ = true;
    reader_.unpark();
    if (waiting_ != nullptr) waiting_->unpark();
}

void outbox::store(delivery_ptr const& what) noexcept {
    places_[index(count_++)] = what;
    events_ += what->events();
    bytes_ += what->size();
    reader_.unpark();
}

delivery_ptr outbox::take_first() noexcept {
    auto first = std::move(places_[first_]);
    first_ = index(1);
    --count_;
    events_ -= first->events();
    bytes_ -= first->size();
    return first;
}

void outbox::wait_for_room(deadline until) {
    assert(waiting_ == nullptr);
    parking_spot here;
    waiting_ = &here;
    while (full() && !closed_) {
        if (!here.park(until)) break;
    }
    waiting_ = nullptr;
}

}  // namespace fibercast
