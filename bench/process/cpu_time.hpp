#pragma once

#include <sys/types.h>

#include <chrono>

namespace bench {

/// CPU that a process and its descendants have used since their start, over all their threads.
/// What a descendant used that has ended meanwhile is missing.
///
/// `total` is exact (the scheduler's own nanoseconds). The split comes from the kernel's ticks, so
/// `user` and `system` are estimates; they are scaled so that they add up to `total`. Network
/// softirqs run inside send() on loopback and are part of `system`, unless the kernel was built
/// with CONFIG_IRQ_TIME_ACCOUNTING.
struct cpu_time {
    using duration = std::chrono::duration<double>;

    duration user{};
    duration system{};
    duration total{};

    friend cpu_time operator-(cpu_time const& later, cpu_time const& earlier);
};

cpu_time cpu_time_of(pid_t root);
cpu_time::duration own_cpu_time();
cpu_time::duration own_thread_cpu_time();  ///< of the calling thread

}  // namespace bench
