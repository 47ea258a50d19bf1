#pragma once

#include <fibercast/api.hpp>
#include <fibercast/http/output.hpp>
#include <fibercast/runtime/deadline.hpp>

namespace fibercast {

/// Suspends a body's fiber, for as long as somebody reads. True: the time has come. False: the peer
/// is gone or the server drains, maybe before, and the body should end.
///
/// Sends what the output still holds back, and uses the peer's one watch: not while a `close_watch`
/// of yours lives.
FIBERCAST_API [[nodiscard]] bool sleep_until(output& out, deadline until);

template <typename Rep, typename Period>
[[nodiscard]] bool sleep_for(output& out, std::chrono::duration<Rep, Period> span) {
    return sleep_until(out, after(span));
}

}  // namespace fibercast
