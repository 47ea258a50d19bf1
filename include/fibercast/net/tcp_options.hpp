#pragma once

#include <fibercast/api.hpp>

#include <chrono>
#include <cstddef>

namespace fibercast {

/// What the connections of a listening socket get from the kernel.
struct tcp_options {
    /// A peer that acknowledges nothing, or accepts nothing, for this long is gone
    /// (`TCP_USER_TIMEOUT`). Zero: the kernel's own patience, about a quarter of an hour.
    std::chrono::milliseconds user_timeout{20'000};

    /// Bytes that the kernel takes for a peer beyond those that are on their way to it
    /// (`TCP_NOTSENT_LOWAT`). It bounds what a peer that does not read keeps in the kernel, and
    /// not how fast one that reads gets its bytes. Zero: no bound but the send buffer's.
    std::size_t unsent_limit = 128 * 1024;

    /// Bytes of the kernel's send buffer for each connection, its own records included
    /// (`SO_SNDBUF`). A fixed one bounds the bytes on their way too, and with them the speed over a
    /// long line. Zero: the kernel lets it grow with the line's need, to 4 MiB by default.
    std::size_t send_buffer = 0;
};

}  // namespace fibercast
