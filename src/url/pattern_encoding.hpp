#pragma once

#include <string>
#include <string_view>

namespace fibercast {

enum class component_kind {
    protocol,
    username,
    password,
    hostname,
    ipv6_hostname,
    port,
    pathname,
    opaque_pathname,
    search,
    hash
};

/// Brings a piece of a component's fixed text into the form that it has in a parsed URL (the
/// standard's section 3.1). Throws `std::invalid_argument` when no URL has such a component.
std::string encoded_for(component_kind component, std::string_view text);

}  // namespace fibercast
