#pragma once

#include <sys/types.h>

#include <chrono>

namespace fibercast {

/// For how long a thread of this process would have run and has not been let: other threads had the
/// processors. Keeps a descriptor: later there may be none to be had.
class run_queue_clock {
public:
    explicit run_queue_clock(pid_t thread) noexcept;
    ~run_queue_clock();
    run_queue_clock(run_queue_clock const&) = delete;
    run_queue_clock& operator=(run_queue_clock const&) = delete;

    /// Zero where the kernel does not say.
    std::chrono::nanoseconds waited() const noexcept;

private:
    int const file_;
};

}  // namespace fibercast
