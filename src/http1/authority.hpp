#pragma once

#include <string_view>

namespace fibercast {

/// Whether this is a host with or without a port: `example.org`, `127.0.0.1:80`, `[::1]:80`.
/// Stricter than RFC 3986 where that allows what no host has: commas and the like, an empty host,
/// addresses of the future, a user.
bool is_authority(std::string_view text) noexcept;

}  // namespace fibercast
