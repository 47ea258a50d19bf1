#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace fibercast {

/// The patterns of a URL's components; nothing for those that are not said.
struct pattern_init {
    std::optional<std::string> protocol, username, password, hostname, port, pathname, search, hash;
};

/// Takes a pattern in one string apart (the standard's section 1.6). Throws
/// `std::invalid_argument`.
pattern_init parse_constructor_string(std::string_view text);

}  // namespace fibercast
