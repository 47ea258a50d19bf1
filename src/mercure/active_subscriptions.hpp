#pragma once

#include "wanted.hpp"

#include <fibercast/access/with_bearer.hpp>

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace fibercast::mercure {

/// One connection's subscriptions.
struct subscriber {
    std::string id;  ///< Of no pattern; nobody else's.
    std::vector<wanted_matcher> matchers;
    grant_ptr from;  ///< Null: it has no token.
};

using subscriber_ptr = std::shared_ptr<subscriber const>;

/// Who has subscribed by what. Any thread; nothing suspends.
class active_subscriptions {
public:
    /// One of a subscriber's, whose `matchers` it points into.
    struct entry {
        wanted_matcher const* what;
        subscriber_ptr whose;
    };

    /// Throws `std::bad_alloc`, and then has not.
    void add(subscriber_ptr const& one);
    void remove(subscriber const& one) noexcept;

    /// At most so many: all, in the order of their matchers; those by one; that of one subscriber.
    std::vector<entry> all(std::size_t most) const;
    std::vector<entry> of(wanted_matcher const& by, std::size_t most) const;
    std::vector<entry> of(wanted_matcher const& by, std::string_view id) const;

private:
    using subscribers = std::map<std::string_view, entry>;  // by their ids

    void drop(subscriber const& one) noexcept;
    static void append(subscribers const& from, std::size_t most, std::vector<entry>& to);

    mutable std::mutex mutex_;
    std::map<wanted_matcher, subscribers> by_matcher_;  // under mutex_; no empty ones
};

}  // namespace fibercast::mercure
