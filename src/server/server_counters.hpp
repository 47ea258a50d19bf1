#pragma once

#include "runtime/log_throttle.hpp"

#include "http1/request_counters.hpp"

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace fibercast {

/// What the listeners and the connections of a server count, on any thread.
struct server_counters {
    std::atomic<std::size_t> connections = 0;  ///< From their acceptance to their end.
    std::atomic<std::uint64_t> accepted = 0;
    std::atomic<std::uint64_t> pauses = 0;
    std::atomic<std::uint64_t> refused = 0;
    std::atomic<std::uint64_t> cut = 0;
    std::atomic<std::uint64_t> stalls = 0;
    request_counters requests;
    std::atomic<bool> stopping = false;

    log_throttle refusals{1};
};

}  // namespace fibercast
