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

process_use own_use();

}  // namespace fibercast::app
