#pragma once

#include <fibercast/api.hpp>
#include <fibercast/sse/end_reason.hpp>

#include <array>
#include <cstddef>
#include <cstdint>

namespace fibercast {

/// What a hub has done so far, on all workers it has ever had. Those that serve may be some events
/// ahead of it, each by a different number.
struct FIBERCAST_API hub_stats {
    std::size_t clients = 0;
    std::uint64_t joined = 0;
    std::uint64_t broadcasts = 0;
    std::uint64_t published = 0;    ///< Events with topics.
    std::uint64_t sent = 0;         ///< Events and heartbeats written, over all clients.
    std::uint64_t heartbeats = 0;   ///< Heartbeats queued, over all clients.
    std::uint64_t dropped = 0;      ///< Events that a policy threw away, over all clients.
    std::uint64_t replayed = 0;     ///< Of those sent, events that came from the history.
    std::uint64_t resumed = 0;      ///< Clients that came back with an id.
    std::uint64_t fell_behind = 0;  ///< How often a full outbox sent a client to the history.
    std::uint64_t gaps = 0;         ///< How often a client was told that something is missing.
    std::uint64_t compressed =
        0;  ///< How often something was compressed, for any number of clients:
    std::uint64_t compressed_from = 0;  ///< so many bytes,
    std::uint64_t compressed_to = 0;    ///< which became so many.
    std::size_t behind = 0;             ///< Clients that read the history now.
    std::size_t held_bytes = 0;  ///< What waits in outboxes; what clients share, once per worker.
    std::size_t history_events = 0;
    std::size_t history_bytes = 0;
    std::array<std::uint64_t, end_reasons> ended{};  ///< Clients, by `end_reason`.

    std::uint64_t ended_by(end_reason why) const noexcept {
        return ended[static_cast<std::size_t>(why)];
    }

    hub_stats& operator+=(hub_stats const& other) noexcept;
};

}  // namespace fibercast
