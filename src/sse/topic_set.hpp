#pragma once

#include "topic_key.hpp"

#include <fibercast/sse/event_topic.hpp>
#include <fibercast/sse/subscription_matcher.hpp>

#include <boost/smart_ptr/intrusive_ptr.hpp>
#include <boost/smart_ptr/intrusive_ref_counter.hpp>

#include <cstddef>
#include <span>
#include <vector>

namespace fibercast {

/// What an event is about, and whether only those get it who may read one of these; shared by all who
/// deliver it. Immutable.
class topic_set : public boost::intrusive_ref_counter<topic_set> {
public:
    /// Throws `std::invalid_argument` for none, too many, or one that is no topic.
    explicit topic_set(std::vector<event_topic> topics, bool is_private = false);

    std::span<event_topic const> topics() const noexcept { return topics_; }
    bool is_private() const noexcept { return is_private_; }

    /// Under which its subscribers are found: each once, by hash.
    std::span<topic_key const> keys() const noexcept { return keys_; }
    bool has(topic_key const& key) const noexcept;
    /// Whether one of the topics, as matchers see it, may begin with that prefix.
    bool has_prefix(topic_key const& prefix) const noexcept;
    /// Whether a matcher is for one of them: asks it.
    bool is_for(subscription_matcher const& matcher) const noexcept;

    /// What it takes in memory.
    std::size_t bytes() const noexcept { return bytes_; }

    /// Whether the same clients get both.
    bool operator==(topic_set const& other) const noexcept {
        return is_private_ == other.is_private_ && topics_ == other.topics_;
    }

private:
    std::vector<event_topic> topics_;  // sorted, each once; what the keys refer to
    std::vector<topic_key> keys_;
    std::size_t bytes_ = sizeof(topic_set);
    bool const is_private_;
};

/// Null: everyone gets it.
using topic_set_ptr = boost::intrusive_ptr<topic_set const>;

inline bool alike(topic_set_ptr const& a, topic_set_ptr const& b) noexcept {
    return a == b || (a && b && *a == *b);
}

}  // namespace fibercast
