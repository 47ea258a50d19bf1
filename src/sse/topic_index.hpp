#pragma once

#include "matcher_index.hpp"
#include "topic_key.hpp"
#include "topic_set.hpp"
#include "topic_subscribers.hpp"
#include "topic_wish.hpp"

#include <fibercast/sse/topic_info.hpp>

#include <cstddef>
#include <unordered_map>
#include <vector>

namespace fibercast {

/// Who gets what, on one worker: finds the subscribers of an event in as many steps as it has keys,
/// and in as many more as there are matchers for what begins like its topics; however many topics,
/// patterns and members there are.
class topic_index {
public:
    topic_index() = default;
    topic_index(topic_index const&) = delete;
    topic_index& operator=(topic_index const&) = delete;

    /// Adds the place. Throws `std::bad_alloc`, and then has not.
    void add(topic_place& place, topic_wish const& to);
    void remove(topic_place& place) noexcept;

    /// Appends the groups of those who have subscribed to an event, each once, so `size` at most; one
    /// member may be in several of them. Takes no memory where `to` has room.
    void append_subscribers(topic_set const& of, std::vector<topic_subscribers_ptr>& to);

    void append_topics(std::vector<topic_info>& to) const;
    std::size_t size() const noexcept { return groups_.size(); }

private:
    using groups = std::unordered_map<topic_key, topic_subscribers_ptr, topic_key_hash>;

    groups::iterator group_of(topic_wish const& to);
    void forget(groups::iterator which) noexcept;

    groups groups_;  // the keys refer to the groups' own texts
    matcher_index matchers_;
};

}  // namespace fibercast
