#pragma once

#include "clients/endpoint.hpp"
#include "process/unique_fd.hpp"

#include <cstdint>

namespace bench {

/// Which kind of reader a socket is for.
enum class reading_speed : std::uint8_t {
    full,  ///< the system's own buffers
    slow,  ///< the smallest buffers and segments: so little fits that the server soon notices
};

/// Begins to connect without waiting. A loopback target is connected to from 127.0.0.`source_host`
/// and upwards, as one address has only about 28,000 ports; 0 leaves the choice to the system.
unique_fd connect_to(endpoint const& target, std::uint32_t source_host = 0,
                     reading_speed speed = reading_speed::full);

/// Waits until a connection that was begun is made, or refused: then it is false.
bool await_connected(int socket);

/// Closes with a reset, which leaves no TIME_WAIT behind.
void close_with_reset(unique_fd& socket) noexcept;

}  // namespace bench
