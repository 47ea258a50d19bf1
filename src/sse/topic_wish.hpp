#pragma once

#include "topic_key.hpp"

#include <fibercast/sse/subscription.hpp>

#include <memory>
#include <string_view>
#include <vector>

namespace fibercast {

/// One thing that a client has subscribed to: a topic, a pattern or a matcher. Refers to what it was
/// made of.
struct topic_wish {
    topic_key key;
    std::string_view text;  ///< As lists show it.
    std::shared_ptr<subscription_matcher const> matcher = nullptr;
};

/// All of a subscription's, checked, each once, in the order of their texts. Throws
/// `std::invalid_argument` for more than 100, or one that is none.
std::vector<topic_wish> wishes_of(subscription const& wants);

}  // namespace fibercast
