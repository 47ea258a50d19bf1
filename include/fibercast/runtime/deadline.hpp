#pragma once

#include <fibercast/api.hpp>

#include <chrono>

namespace fibercast {

/// A point on the steady clock after which an operation gives up. What suspends takes one as its
/// last parameter, has one set beforehand (`socket::expires_at`), or says why it takes none.
using deadline = std::chrono::steady_clock::time_point;

/// The deadline that never passes.
inline constexpr deadline never = deadline::max();

/// The deadline `span` from now, in whatever unit. Spans too long for the clock, also those that
/// its unit could not count, mean `never`; so does a floating-point NaN.
template <typename Rep, typename Period>
deadline after(std::chrono::duration<Rep, Period> span) {
    using std::chrono::steady_clock;
    using real = std::chrono::duration<double, steady_clock::period>;
    auto const now = steady_clock::now();
    // Compared before it is converted, because the conversion is what overflows. A double is exact
    // to 2^53 and the clock counts to 2^63 nanoseconds: what is nearer to its end than a part in a
    // million is as good as never.
    auto const exact_enough = std::chrono::duration_cast<real>(span);
    if (!(exact_enough < real(never - now) * (1 - 1e-6))) return never;
    if (exact_enough < -real(now.time_since_epoch())) return deadline();
    return now + std::chrono::duration_cast<steady_clock::duration>(span);
}

}  // namespace fibercast
