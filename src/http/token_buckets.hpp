#pragma once

#include "ip_bytes.hpp"

#include <chrono>
#include <cstddef>
#include <map>
#include <mutex>
#include <optional>

namespace fibercast {

/// A bucket of tokens for each customer, which fills up by one each `cost`. A bucket is one time:
/// when it will be full. One that is full need not be there: so the table is two, and what is in
/// the older one when a new one begins has not been asked for as long as the slowest bucket takes,
/// or there are too many.
///
/// Any thread.
class token_buckets {
public:
    using time_point = std::chrono::steady_clock::time_point;
    using duration = std::chrono::nanoseconds;

    /// `customers` are remembered at most, and two at least.
    token_buckets(duration cost, std::size_t burst, std::size_t customers) noexcept;

    /// Takes a token. There is none: how long until there is one.
    std::optional<duration> take(ip_bytes const& whose, time_point now);

    /// How many are remembered.
    std::size_t size() const;

private:
    using table = std::map<ip_bytes, time_point>;  // no hash, which strangers could have collide

    table begin_anew(time_point now) noexcept;
    time_point full_at(ip_bytes const& whose, time_point now) const;

    duration const cost_;
    duration const all_;  // what filling an empty bucket takes
    std::size_t const most_in_one_;

    mutable std::mutex mutex_;
    table young_;
    table old_;
    time_point begun_ = time_point::min();  // young_
};

}  // namespace fibercast
