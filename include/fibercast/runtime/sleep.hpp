#pragma once

#include <fibercast/api.hpp>
#include <fibercast/runtime/deadline.hpp>

namespace fibercast {

/// Suspends the calling fiber. On a thread that is no worker, blocks the thread.
FIBERCAST_API void sleep_until(deadline until);

template <typename Rep, typename Period>
void sleep_for(std::chrono::duration<Rep, Period> span) {
    sleep_until(after(span));
}

/// Lets the worker's other ready fibers and its I/O run before the caller goes on.
FIBERCAST_API void yield();

}  // namespace fibercast
