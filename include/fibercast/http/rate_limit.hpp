#pragma once

#include <fibercast/api.hpp>
#include <fibercast/http/address_range.hpp>
#include <fibercast/http/handler.hpp>

#include <chrono>
#include <cstddef>
#include <functional>
#include <vector>

namespace fibercast {

/// How often one address may ask: `burst` requests at once, and `requests` in each `period` for as
/// long as it likes.
struct rate_limit_options {
    std::size_t requests = 10;
    std::chrono::milliseconds period = std::chrono::seconds(1);
    std::size_t burst = 20;
    /// How many addresses are remembered at most, and two at least. Beyond, a half that has not
    /// asked for longest is forgotten and may ask in a burst again: a bound of memory must not
    /// become one of how many may ask.
    std::size_t addresses = 65'536;
    /// Whose `X-Forwarded-For` is believed, see `client_address`.
    std::vector<address_range> trusted_proxies = {};
    /// What time it is. Called on many threads at once; tests have a clock of their own.
    std::function<std::chrono::steady_clock::time_point()> now = std::chrono::steady_clock::now;
};

/// Answers 429 with `Retry-After` in place of `inner` when an address asks more often; a network
/// gives one customer a /64 of IPv6 at least, so that counts as one address. An unknown address may
/// always ask. A request that is refused costs nothing: who asks again in `Retry-After` seconds is
/// answered. It counts requests and not how long their answers last: for streams see
/// `address_limit`.
///
/// Copies of the handler share the count. Nothing is locked while `inner` runs. Throws
/// `std::invalid_argument` when a number is zero, or `period` for one request is no time a clock
/// can tell.
FIBERCAST_API handler with_rate_limit(rate_limit_options settings, handler inner);

}  // namespace fibercast
