#pragma once

#include <fibercast/api.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace fibercast {

/// Names a client for as long as its hub lives, from 1; not used again.
using client_id = std::uint64_t;

/// What a hub knows of one client, at the moment it was asked.
struct client_info {
    client_id id = 0;
    std::string peer;  ///< Address and port, if known; "-" until the stream has started.
    std::chrono::steady_clock::duration connected{};
    std::uint64_t sent = 0;        ///< Events and heartbeats that were written.
    std::uint64_t dropped = 0;     ///< Events that the policy threw away.
    std::size_t queued = 0;        ///< Events and heartbeats in its outbox,
    std::size_t queued_bytes = 0;  ///< and their bytes, which others may share.
    std::size_t unsent = 0;        ///< Bytes in the kernel that the client has not acknowledged.
    /// How long it takes to acknowledge, as the kernel has smoothed it; 0: not measured.
    std::chrono::microseconds round_trip_time{};
    bool stalled = false;  ///< The kernel takes no more until the client reads.
    bool behind = false;   ///< It reads the history, for it has come back or is slow.
    std::vector<std::string> topics = {};  ///< What it has subscribed to, matchers by their names.
};

}  // namespace fibercast
