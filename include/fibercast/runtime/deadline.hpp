#pragma once

#include <chrono>

namespace fibercast {

/// A point on the steady clock after which an operation gives up. Every operation that suspends
/// takes one as its last parameter, or has one set beforehand (`socket::expires_at`).
using deadline = std::chrono::steady_clock::time_point;

/// The deadline that never passes.
inline constexpr deadline never = deadline::max();

/// The deadline `span` from now. Spans too long for the clock mean `never`.
inline deadline after(std::chrono::steady_clock::duration span) {
    auto const now = std::chrono::steady_clock::now();
    return span >= never - now ? never : now + span;
}

}  // namespace fibercast
