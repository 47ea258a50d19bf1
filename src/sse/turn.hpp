#pragma once

#include "batch.hpp"
#include "member.hpp"
#include "roster.hpp"
#include "topic_index.hpp"

#include <cstddef>

namespace fibercast {

/// How many clients get a delivery before they, and everything else on the worker, have a turn: few
/// enough that what a push has touched is still in the cache when the client is written to.
inline constexpr std::size_t slice = 64;

/// Members are looked up this many places ahead of their turn, and twice as many.
inline constexpr std::size_t ahead = 4;

/// Whether there was something for whoever it is.
inline bool hand(batch& what, member& to, member::clock::time_point now) {
    return to.deliver(what, now);
}
inline bool hand(batch& what, topic_place& to, member::clock::time_point now) {
    auto const* const about = what.private_about();
    return about == nullptr ? to.who->deliver(what, now)
                            : to.who->deliver_private(what, *about, now);
}

/// Starts to load what their turn is going to touch, the nearer ones' more of it.
inline void prefetch_ahead(roster<member>::walk const& visiting) noexcept {
    if (auto const* const later = visiting.ahead(2 * ahead)) later->prefetch();
    if (auto const* const soon = visiting.ahead(ahead)) soon->prefetch_rest();
}
inline void prefetch_ahead(roster<topic_place>::walk const& visiting) noexcept {
    if (auto const* const far = visiting.ahead(3 * ahead)) __builtin_prefetch(far);
    if (auto const* const later = visiting.ahead(2 * ahead)) later->who->prefetch();
    if (auto const* const soon = visiting.ahead(ahead)) soon->who->prefetch_rest();
}

/// The same for those who come first: with few subscribers they are all.
inline void prefetch_first(roster<member>::walk const&) noexcept {}
inline void prefetch_first(roster<topic_place>::walk const& visiting) noexcept {
    for (std::size_t i = 1; i <= 3 * ahead; ++i) {
        if (auto const* const place = visiting.ahead(i)) __builtin_prefetch(place);
    }
    for (std::size_t i = 1; i <= 2 * ahead; ++i) {
        if (auto const* const place = visiting.ahead(i)) place->who->prefetch();
    }
    for (std::size_t i = 1; i <= ahead; ++i) {
        if (auto const* const place = visiting.ahead(i)) place->who->prefetch_rest();
    }
}

}  // namespace fibercast
