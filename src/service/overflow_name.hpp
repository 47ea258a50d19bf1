#pragma once

#include <fibercast/runtime/overflow.hpp>

#include <array>
#include <optional>
#include <string_view>
#include <utility>

namespace fibercast {

/// What the policies are called in options and queries.
inline constexpr std::array<std::pair<std::string_view, overflow>, 5> overflow_names{{
    {"block", overflow::block},
    {"drop-oldest", overflow::drop_oldest},
    {"drop-newest", overflow::drop_newest},
    {"disconnect", overflow::disconnect},
    {"catch-up", overflow::catch_up},
}};

constexpr std::optional<overflow> overflow_named(std::string_view text) noexcept {
    for (auto const& [name, policy] : overflow_names) {
        if (name == text) return policy;
    }
    return std::nullopt;
}

constexpr std::string_view name_of(overflow policy) noexcept {
    for (auto const& [name, each] : overflow_names) {
        if (each == policy) return name;
    }
    return {};
}

}  // namespace fibercast
