#pragma once

#include <fibercast/api.hpp>
#include <fibercast/runtime/deadline.hpp>
#include <fibercast/runtime/detail/compact_fiber.hpp>
#include <fibercast/runtime/wait_for.hpp>

#include <boost/fiber/waker.hpp>

namespace fibercast {

/// Where one fiber waits until its own worker thread wakes it: the one primitive under every wait
/// of this library that is not a channel. Belongs to one thread; for other threads see `one_shot`.
class FIBERCAST_API parking_spot {
public:
    parking_spot() noexcept : waker_() {}
    parking_spot(parking_spot const&) = delete;
    parking_spot& operator=(parking_spot const&) = delete;

    /// Suspends until `unpark` (true) or until the deadline has passed (false). An `unpark` that
    /// came before is not remembered: the caller checks its condition, then parks; nothing else can
    /// run in between. One fiber at a time. `what` is for the list of fibers.
    bool park(deadline until = never, wait_for what = wait_for::something);

    /// Makes the parked fiber ready; does nothing when none is parked. Never suspends.
    void unpark() noexcept;

    bool occupied() const noexcept {
        return state_ == state::parked || state_ == state::parked_compact;
    }

private:
    enum class state : unsigned char {
        empty,           ///< Nobody waits here.
        parked,          ///< A fiber waits; `waker_` is its.
        parked_compact,  ///< A compact fiber waits: `compact_`.
        woken,           ///< It has been made ready and has not run yet.
    };

    bool park_compact(compact_fiber& self, deadline until, wait_for what) noexcept;

    union {
        boost::fibers::waker waker_;
        compact_fiber* compact_;
    };
    state state_ = state::empty;
};

}  // namespace fibercast
