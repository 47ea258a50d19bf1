#pragma once

#include <fibercast/api.hpp>
#include <fibercast/sse/event.hpp>
#include <fibercast/sse/event_topic.hpp>

#include <vector>

namespace fibercast {

/// An event for those who have subscribed to one of its topics, with all that can be said of it.
struct publish_request {
    /// At least one and up to 100, in any order. What looks like a pattern of the hub's is a topic
    /// like others here.
    std::vector<event_topic> topics;
    event what;
    /// Only for those who may read one of the topics (`subscription::rights`), of those who have
    /// subscribed to one.
    bool is_private = false;
};

}  // namespace fibercast
