#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

namespace fibercast {

/// Names a client for as long as its hub lives; not used again.
using client_id = std::uint64_t;

/// What a hub knows of one client, at the moment it was asked.
struct client_info {
    client_id id = 0;
    std::string peer;  ///< Address and port; "-" until the stream has started.
    std::chrono::steady_clock::duration connected{};
    std::uint64_t sent = 0;  ///< Events and heartbeats that were written.
    std::size_t queued = 0;  ///< Waiting in its channel; what came in one burst counts once.
    std::size_t unsent = 0;  ///< Bytes in the kernel that the client has not acknowledged.
    bool stalled = false;    ///< The kernel takes no more until the client reads.
};

/// What a hub has done so far.
struct hub_stats {
    std::size_t clients = 0;
    std::uint64_t joined = 0;
    std::uint64_t broadcasts = 0;
    std::uint64_t sent = 0;        ///< Events and heartbeats written, over all clients.
    std::uint64_t heartbeats = 0;  ///< Heartbeats queued, over all clients.
    std::uint64_t dropped = 0;     ///< Events and heartbeats that a policy threw away.
    std::uint64_t slow = 0;        ///< Clients that `disconnect` ended.
    std::uint64_t kicked = 0;

    hub_stats& operator+=(hub_stats const& other) noexcept;
};

}  // namespace fibercast
