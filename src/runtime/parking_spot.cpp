#include <fibercast/runtime/detail/parking_spot.hpp>

#include <boost/fiber/context.hpp>
#include <boost/fiber/detail/spinlock.hpp>

#include <cassert>

namespace fibercast {

bool parking_spot::park(deadline until) {
    assert(!occupied());
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
    bool const woken = state_ == state::woken;
    state_ = state::empty;
    return woken;
}

void parking_spot::unpark() noexcept {
    if (state_ != state::parked) return;
    // False when the deadline has already made the fiber ready: then the wait ended by time.
    if (waker_.wake()) state_ = state::woken;
}

}  // namespace fibercast
