#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace fibercast {

/// The host parser of the URL standard, and its serializer; nothing when the text is no host. A
/// special scheme's host is a domain or an IPv4 address, another's is opaque; any may be IPv6.
std::optional<std::string> parse_host(std::string_view text, bool special);

}  // namespace fibercast
