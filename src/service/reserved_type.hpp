#pragma once

#include <string_view>

namespace fibercast {

/// What the types of the server's own events begin with.
inline constexpr std::string_view own_types = "fibercast.";
/// What the Mercure protocol has for the hub's own.
inline constexpr std::string_view type_of_subscriptions = "mercure";

/// Whether no publisher may have an event of that type, however it is published: clients take it for
/// the server's.
constexpr bool is_reserved_type(std::string_view type) noexcept {
    return type.starts_with(own_types) || type == type_of_subscriptions;
}

}  // namespace fibercast
