#include "topic_set.hpp"

#include <fibercast/sse/topic.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>
#include <tuple>
#include <utility>

namespace fibercast {
namespace {

bool before(event_topic const& a, event_topic const& b) noexcept {
    return std::tie(a.text, a.spelling) < std::tie(b.text, b.spelling);
}

std::vector<event_topic> checked(std::vector<event_topic> topics) {
    if (topics.empty()) throw std::invalid_argument("an event is published to at least one topic");
    if (topics.size() > most_topics)
        throw std::invalid_argument(fmt::format("more than {} topics", most_topics));
    for (auto const& each : topics) {
        check_event_topic(each.text);
        if (each.spelling.size() > longest_spelling) {
            throw std::invalid_argument(
                fmt::format("the spelling of a topic is longer than {} bytes", longest_spelling));
        }
    }
    std::sort(topics.begin(), topics.end(), before);
    topics.erase(std::unique(topics.begin(), topics.end()), topics.end());
    return topics;
}

}  // namespace

topic_set::topic_set(std::vector<event_topic> topics, bool is_private)
    : topics_(checked(std::move(topics))), is_private_(is_private) {
    for (auto const& each : topics_) {
        topic_key::append_keys_of(each.text, keys_);
        topic_key::append_keys_of_spelling(each.spelling, keys_);
    }
    std::sort(keys_.begin(), keys_.end(), topic_key::before);
    keys_.erase(std::unique(keys_.begin(), keys_.end()), keys_.end());
    keys_.shrink_to_fit();
    bytes_ += keys_.size() * sizeof(topic_key);
    for (auto const& each : topics_)
        bytes_ += sizeof(event_topic) + each.text.size() + each.spelling.size();
}

bool topic_set::has(topic_key const& key) const noexcept {
    return std::binary_search(keys_.begin(), keys_.end(), key, topic_key::before);
}

bool topic_set::has_prefix(topic_key const& prefix) const noexcept {
    return has(prefix) || has({prefix.text, topic_key::spelling, prefix.hash});
}

bool topic_set::is_for(subscription_matcher const& matcher) const noexcept {
    return std::any_of(topics_.begin(), topics_.end(), [&](event_topic const& each) {
        auto const& topic = each.as_matched();
        return topic.starts_with(matcher.prefix()) && matcher.matches(topic);
    });
}

}  // namespace fibercast
