#pragma once

#include <atomic>
#include <cstdint>

namespace fibercast {

/// The requests that no handler saw, of any number of connections, on any thread.
struct request_counters {
    std::atomic<std::uint64_t> rejected = 0;
    std::atomic<std::uint64_t> timed_out = 0;
};

}  // namespace fibercast
