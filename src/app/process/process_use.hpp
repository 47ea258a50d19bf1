#pragma once

#include <chrono>
#include <cstddef>
#include <optional>

namespace fibercast::app {

/// What this process uses of the machine.
struct process_use {
    /// Its own memory and its share of what it shares; none: unknown.
    std::optional<std::size_t> pss_kib;
    /// All memory that is mapped and present.
    std::optional<std::size_t> rss_kib;
    /// Processor time in the program,
    std::chrono::microseconds user{};
    /// and in the kernel on its behalf.
    std::chrono::microseconds system{};
};

/// The kernel goes through all pages of the process for it.
process_use own_use();

/// What the kernel knows at once: memory that is mapped and present (0: unknown), and processor
/// time.
std::size_t resident_bytes();
std::chrono::microseconds own_cpu_time();

}  // namespace fibercast::app
