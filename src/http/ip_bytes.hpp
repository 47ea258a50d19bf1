#pragma once

#include <fibercast/runtime/socket_address.hpp>

#include <array>
#include <optional>
#include <string_view>

namespace fibercast {

/// An IP address in the network's order; IPv4 as IPv6 carries it, `::ffff:a.b.c.d`.
using ip_bytes = std::array<unsigned char, 16>;

/// Of an address without port, zone and brackets.
std::optional<ip_bytes> ip_bytes_of(std::string_view text) noexcept;
/// Nothing: it is unknown.
std::optional<ip_bytes> ip_bytes_of(socket_address const& address);

/// The same for the one who has it: a network gives one customer a /64 of IPv6 at least.
std::optional<ip_bytes> customer_of(socket_address const& address);

/// Whether it is an IPv4 address.
bool is_v4(ip_bytes const& address) noexcept;

}  // namespace fibercast
