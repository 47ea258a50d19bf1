#pragma once

#include <fibercast/api.hpp>

#include <cstddef>
#include <cstdint>

namespace fibercast {

/// What a server has done so far, on all its endpoints.
struct server_stats {
    std::size_t connections = 0;  ///< Open now.
    std::uint64_t accepted = 0;
    std::uint64_t pauses = 0;   ///< Times that accepting had to wait for descriptors or for room.
    std::uint64_t refused = 0;  ///< Closed without an answer: there was no memory for them.
    /// Requests answered with an error before any handler saw them: malformed, too large, or no
    /// room for the body.
    std::uint64_t rejected = 0;
    /// Requests that did not arrive in time: also the first one of a connection on which nothing
    /// comes, but not the next one of a kept connection.
    std::uint64_t timed_out = 0;
    std::uint64_t cut = 0;  ///< Had not ended when the patience of `stop` had passed.
    /// Times that one fiber kept its worker for more than 100 ms, as a handler does that blocks its
    /// thread.
    std::uint64_t stalls = 0;
    bool stopping = false;  ///< `stop` has been called.
};

}  // namespace fibercast
