#include "mailroom.hpp"

#include <algorithm>
#include <cassert>

namespace fibercast {

mailroom::lane::lane(mailroom& room, worker& home) : room_(room), home_(home) {
    lock const held(room_.mutex_);
    taken_ = dealt_with_ = room_.posted_;
    room_.lanes_.push_back(this);
}

mailroom::lane::~lane() { close(); }

bool mailroom::lane::take(std::vector<chunk_ptr>& batch) {
    batch.clear();
    for (;;) {
        lock held(room_.mutex_);
        if (closed_) return false;
        dealt_with_ = taken_;
        room_.changed();
        if (!waiting_.empty()) {
            batch.swap(waiting_);
            taken_ = room_.posted_;
            return true;
        }
        idle_ = true;
        held.unlock();
        // A post in between is not missed: its wake-up runs in this worker's event loop, after us.
        consumer_.park();
    }
}

void mailroom::lane::close() {
    lock const held(room_.mutex_);
    if (std::exchange(closed_, true)) return;
    std::erase(room_.lanes_, this);
    waiting_.clear();
    room_.changed();
    consumer_.unpark();
}

bool mailroom::post(chunk_ptr const& what, deadline until) {
    lock held(mutex_);
    while (full()) {
        if (!wait_for_change(held, until) && full()) return false;
    }
    ++posted_;
    for (lane* const each : lanes_) {
        each->waiting_.push_back(what);
        if (std::exchange(each->idle_, false)) {
            each->home_.post([each] { each->consumer_.unpark(); });
        }
    }
    return true;
}

bool mailroom::flush(deadline until) {
    lock held(mutex_);
    auto const last = posted_;
    while (!all_dealt_with(last)) {
        if (!wait_for_change(held, until)) return all_dealt_with(last);
    }
    return true;
}

bool mailroom::full() const noexcept {
    return std::any_of(lanes_.begin(), lanes_.end(),
                       [](lane const* each) { return each->waiting_.size() >= lane_capacity; });
}

bool mailroom::all_dealt_with(std::uint64_t number) const noexcept {
    return std::all_of(lanes_.begin(), lanes_.end(),
                       [=](lane const* each) { return each->dealt_with_ >= number; });
}

bool mailroom::wait_for_change(lock& held, deadline until) {
    one_shot change;
    auto const place = waiters_.insert(waiters_.end(), &change);
    held.unlock();
    bool const in_time = change.wait(until);
    held.lock();
    if (in_time) return true;
    if (std::find(waiters_.begin(), waiters_.end(), &change) != waiters_.end()) {
        waiters_.erase(place);
        return false;
    }
    // It was set just after we gave up, and the wake-up still points to us.
    held.unlock();
    change.wait();
    held.lock();
    return true;
}

void mailroom::changed() {
    for (one_shot* const each : waiters_) each->set();
    waiters_.clear();
}

}  // namespace fibercast
