#pragma once

#include <sys/types.h>

#include <chrono>

namespace fibercast {

/// For how long a thread of this process would have run and has not been let: other threads had the
/// processors. Zero where the kernel does not say.
std::chrono::nanoseconds run_queue_time(pid_t thread) noexcept;

}  // namespace fibercast
