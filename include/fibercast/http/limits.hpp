#pragma once

#include <fibercast/api.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace fibercast {

/// What one connection may take before it is answered with an error or closed; and what all may
/// take together.
struct http_limits {
    std::uint32_t header_bytes = 8 * 1024;   ///< More: 431.
    std::uint64_t body_bytes = 1024 * 1024;  ///< More: 413.
    /// Memory for the bodies of all requests of the process, from their arrival until they are
    /// answered. More: 503 with `Retry-After`; 413 to a body that is larger than this alone.
    std::uint64_t bodies_bytes = 64 * 1024 * 1024;
    /// For a whole header, from its first byte or the connect.
    std::chrono::milliseconds header_time{10'000};
    std::chrono::milliseconds body_time{30'000};  ///< For a whole body.
    std::chrono::milliseconds idle_time{30'000};  ///< Between two requests.
    /// For a peer to read the last answer and close, before it is closed here; see `socket::linger`.
    /// It counts as a connection until then, and a patient drain waits for it.
    std::chrono::milliseconds linger_time{3'000};
    std::uint64_t linger_bytes = 256 * 1024 * 1024;  ///< What it may send in that time.
};

}  // namespace fibercast
