#pragma once

#include <fibercast/runtime/deadline.hpp>

namespace fibercast {

/// Suspends the calling fiber. On a thread that is no worker, blocks the thread.
void sleep_until(deadline until);

template <typename Rep, typename Period>
void sleep_for(std::chrono::duration<Rep, Period> span) {
    sleep_until(after(span));
}

/// Lets the worker's other ready fibers and its I/O run before the caller goes on.
void yield();

}  // namespace fibercast
