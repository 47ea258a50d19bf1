#pragma once

#include <fibercast/runtime/wait_for.hpp>

#include <chrono>

namespace fibercast {

class event_loop;

/// Makes the calling thread schedule its fibers together with `events`, which must outlive the
/// thread.
void schedule_fibers_with(event_loop& events);

/// Says of each fiber of the calling worker, but the main one, what it waits for and how long so far.
void for_each_fiber(void (*say)(void* to, wait_for what, std::chrono::milliseconds since),
                    void* to) noexcept;

}  // namespace fibercast
