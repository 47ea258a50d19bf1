#pragma once

#include "unique_fd.hpp"

#include <cstdint>

namespace bench {

/// A non-blocking socket on its way from 127.x.y.z to 127.0.0.1:`port`; writable means connected.
/// `source_host` is the x.y.z, as one number: every source address has its own 28,000 ports.
unique_fd connect_from(std::uint32_t source_host, std::uint16_t port);

/// Leaves nothing behind, above all no TIME_WAIT.
void close_with_reset(unique_fd& socket) noexcept;

}  // namespace bench
