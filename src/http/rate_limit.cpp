#include <fibercast/http/rate_limit.hpp>

#include "token_buckets.hpp"

#include <fibercast/http/forwarded.hpp>

#include <fmt/format.h>

#include <memory>
#include <stdexcept>
#include <utility>

namespace fibercast {
namespace {

using std::chrono::nanoseconds;
using exact = std::chrono::duration<double, std::nano>;

/// What one request takes of the time. Throws unless `burst` of them are a time, too.
nanoseconds cost_of_one(rate_limit_options const& from) {
    if (from.requests == 0 || from.burst == 0 || from.addresses == 0)
        throw std::invalid_argument("a rate limit of nothing");
    if (!from.now) throw std::invalid_argument("a rate limit without a clock");
    constexpr auto longest = std::chrono::hours(24 * 365);
    if (from.period <= from.period.zero() || from.period > longest)
        throw std::invalid_argument(
            "a rate limit's period must be more than nothing and at most a year");
    auto const cost = exact(from.period).count() / static_cast<double>(from.requests);
    if (cost < 1 || cost * static_cast<double>(from.burst) > exact(longest).count())
        throw std::invalid_argument("a rate limit that no clock can tell");
    return nanoseconds(static_cast<nanoseconds::rep>(cost));
}

class rate_limit {
public:
    explicit rate_limit(rate_limit_options settings)
        : settings_(std::move(settings)),
          buckets_(cost_of_one(settings_), settings_.burst, settings_.addresses) {}

    response answer(request const& asked, handler const& inner) {
        auto const who = customer_of(client_address(asked, settings_.trusted_proxies));
        if (who) {
            if (auto const wait = buckets_.take(*who, settings_.now())) return refuse(*wait);
        }
        return inner(asked);
    }

private:
    static response refuse(nanoseconds wait) {
        auto const seconds = std::chrono::ceil<std::chrono::seconds>(wait).count();
        return response::plain(status::too_many_requests)
            .header("Retry-After", fmt::to_string(seconds));
    }

    rate_limit_options const settings_;
    token_buckets buckets_;
};

}  // namespace

handler with_rate_limit(rate_limit_options settings, handler inner) {
    return [limit = std::make_shared<rate_limit>(std::move(settings)),
            inner = std::move(inner)](request const& asked) { return limit->answer(asked, inner); };
}

}  // namespace fibercast
