#include <fibercast/runtime/detail/parking_spot.hpp>

#include "carrier.hpp"
#include "stage_watch.hpp"

#include <fibercast/runtime/detail/waiting.hpp>

#include <boost/fiber/context.hpp>
#include <boost/fiber/detail/spinlock.hpp>

#include <cassert>
#include <utility>

namespace fibercast {

bool parking_spot::park(deadline until, wait_for what) {
    assert(!occupied());
    if (auto* const self = compact_fiber::current()) return park_compact(*self, until, what);
    waits_inside(what);
#ifdef BOOST_USE_TSAN
    bool const keeps = on_stage(__builtin_frame_address(0));
    void* const kept = keeps ? this_stage.home->sanitizer().keep() : nullptr;
#endif
    auto* const self = boost::fibers::context::active();
    waker_ = self->create_waker();
    state_ = state::parked;
    if (until == never) {
        self->suspend();
    } else {
        // The timed wait that accepts our waker also wants a lock to release; nobody contends for
        // it.
        boost::fibers::detail::spinlock unshared;
        boost::fibers::detail::spinlock_lock lock(unshared);
        self->wait_until(until, lock, boost::fibers::waker(waker_));
    }
#ifdef BOOST_USE_TSAN
    if (keeps) stage_sanitizer::go_on(kept);
#endif
    bool const woken = state_ == state::woken;
    state_ = state::empty;
    return woken;
}

bool parking_spot::park_compact(compact_fiber& self, deadline until, wait_for what) noexcept {
    if (on_stage(this)) {
        // Who is going to wake us points into our frames.
        keeps_stage();
        stage_hold const here;
        return park(until, what);
    }
    compact_ = &self;
    state_ = state::parked_compact;
    self.park(until, what);
    return std::exchange(state_, state::empty) == state::woken;
}

void parking_spot::unpark() noexcept {
    if (state_ == state::parked_compact) {
        if (compact_->wake()) state_ = state::woken;
        return;
    }
    if (state_ != state::parked) return;
    // False when the deadline has already made the fiber ready: then the wait ended by time.
    if (waker_.wake()) state_ = state::woken;
}

}  // namespace fibercast
