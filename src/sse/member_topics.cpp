#include "member_topics.hpp"

#include <fibercast/sse/topic.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace fibercast {

member_topics::member_topics(std::vector<std::string> const& patterns, topic_index& in)
    : index_(in), patterns_(patterns) {
    if (patterns.size() > most_topics)
        throw std::invalid_argument(fmt::format("more than {} topics", most_topics));
    for (auto const& each : patterns_) check_subscribed_topic(each);
    std::sort(patterns_.begin(), patterns_.end());
    patterns_.erase(std::unique(patterns_.begin(), patterns_.end()), patterns_.end());
    places_ = std::vector<topic_place>(patterns_.size());
    groups_.reserve(patterns_.size());
}

void member_topics::enter(member& who) {
    for (std::size_t i = 0; i < places_.size(); ++i) {
        places_[i].who = &who;
        index_.add(places_[i], patterns_[i]);
        groups_.push_back(places_[i].in);
    }
}

void member_topics::leave() noexcept {
    for (auto& each : places_) index_.remove(each);
}

bool member_topics::wants(topic_set_ptr const& topics) const noexcept {
    return !topics || std::any_of(groups_.begin(), groups_.end(),
                                  [&](auto const& each) { return topics->has(each->key()); });
}

}  // namespace fibercast
