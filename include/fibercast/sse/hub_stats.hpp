#pragma once

#include <fibercast/sse/end_reason.hpp>

#include <array>
#include <cstddef>
#include <cstdint>

namespace fibercast {

/// What a hub has done so far, on all workers it has ever had. Those that serve may be some events
/// ahead of it, each by a different number.
struct hub_stats {
    std::size_t clients = 0;
    std::uint64_t joined = 0;
    std::uint64_t broadcasts = 0;
    std::uint64_t sent = 0;        ///< Events and heartbeats written, over all clients.
    std::uint64_t heartbeats = 0;  ///< Heartbeats queued, over all clients.
    std::uint64_t dropped = 0;     ///< Events that a policy threw away, over all clients.
    std::array<std::uint64_t, end_reasons> ended{};  ///< Clients, by `end_reason`.

    std::uint64_t ended_by(end_reason why) const noexcept {
        return ended[static_cast<std::size_t>(why)];
    }

    hub_stats& operator+=(hub_stats const& other) noexcept;
};

}  // namespace fibercast
