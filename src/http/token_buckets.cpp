#include "token_buckets.hpp"

#include <algorithm>
#include <utility>

namespace fibercast {

token_buckets::token_buckets(duration cost, std::size_t burst, std::size_t customers) noexcept
    : cost_(cost),
      all_(cost * static_cast<duration::rep>(burst)),
      most_in_one_(std::max<std::size_t>(customers / 2, 1)) {}

std::optional<token_buckets::duration> token_buckets::take(ip_bytes const& whose, time_point now) {
    table forgotten;  // freed when nobody waits for the lock: that takes milliseconds
    std::lock_guard const lock(mutex_);
    if (now - all_ >= begun_) forgotten = begin_anew(now);
    auto const found = young_.find(whose);
    auto const before = found != young_.end() ? found->second : full_at(whose, now);
    auto const after = std::max(before, now) + cost_;
    if (after - now > all_) return after - now - all_;
    if (found != young_.end()) {
        found->second = after;
        return std::nullopt;
    }
    if (young_.size() == most_in_one_) forgotten = begin_anew(now);
    young_.emplace(whose, after);
    return std::nullopt;
}

std::size_t token_buckets::size() const {
    std::lock_guard const lock(mutex_);
    return young_.size() + old_.size();
}

/// Returns what is forgotten.
token_buckets::table token_buckets::begin_anew(time_point now) noexcept {
    begun_ = now;
    return std::exchange(old_, std::exchange(young_, {}));
}

token_buckets::time_point token_buckets::full_at(ip_bytes const& whose, time_point now) const {
    auto const found = old_.find(whose);
    return found != old_.end() ? found->second : now;
}

}  // namespace fibercast
