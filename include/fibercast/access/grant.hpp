#pragma once

#include <fibercast/access/topic_matcher.hpp>
#include <fibercast/api.hpp>

#include <chrono>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fibercast {

/// What a token allows on the topics that it names.
struct FIBERCAST_API authorization_detail {
    bool publish = false;
    bool subscribe = false;
    std::vector<topic_matcher> topics = {};
    std::string payload = {};  ///< A JSON object as text; empty without one.

    bool covers(resolved_topic const& topic) const;
};

/// What a verified token says: from whom a request is, and what they may do. Immutable once made:
/// any thread may ask. Without details it allows nothing, as that of somebody without a token.
struct FIBERCAST_API grant {
    using time_point = std::chrono::sys_seconds;

    std::string issuer;                 ///< Whose key has signed it; empty without a token.
    std::string subject;                ///< `sub`; empty when the token has none.
    std::optional<time_point> expires;  ///< `exp`: streams end by then.
    std::vector<authorization_detail> details;
    /// Of a token of 0.x, for all subscriptions: a JSON value as text; empty without one.
    std::string payload;

    /// Whether it allows that on each of an event's topics. False without a topic.
    bool may_publish(std::span<resolved_topic const> topics) const;
    /// Whether it allows that on one of an event's topics at least.
    bool may_read(std::span<resolved_topic const> topics) const;

    /// The payload for a subscription whose matcher has this text: that of the first detail for
    /// subscribing which covers the text as if it were a topic, and `payload` when that has none.
    std::string_view payload_for(resolved_topic const& matcher_text) const;
};

}  // namespace fibercast
