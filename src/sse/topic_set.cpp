#include "topic_set.hpp"

#include <fibercast/sse/topic.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace fibercast {
namespace {

bool before(topic_key const& a, topic_key const& b) noexcept {
    if (a.hash != b.hash) return a.hash < b.hash;
    if (a.reach != b.reach) return a.reach < b.reach;
    return a.text < b.text;
}

std::vector<std::string> checked(std::vector<std::string> topics) {
    if (topics.empty()) throw std::invalid_argument("an event is published to at least one topic");
    if (topics.size() > most_topics)
        throw std::invalid_argument(fmt::format("more than {} topics", most_topics));
    for (auto const& each : topics) check_published_topic(each);
    std::sort(topics.begin(), topics.end());
    topics.erase(std::unique(topics.begin(), topics.end()), topics.end());
    return topics;
}

}  // namespace

topic_set::topic_set(std::vector<std::string> topics) : topics_(checked(std::move(topics))) {
    for (auto const& each : topics_) topic_key::append_keys_of(each, keys_);
    std::sort(keys_.begin(), keys_.end(), before);
    keys_.erase(std::unique(keys_.begin(), keys_.end()), keys_.end());
    keys_.shrink_to_fit();
    bytes_ += keys_.size() * sizeof(topic_key);
    for (auto const& each : topics_) bytes_ += sizeof(std::string) + each.size();
}

bool topic_set::has(topic_key const& key) const noexcept {
    return std::binary_search(keys_.begin(), keys_.end(), key, before);
}

}  // namespace fibercast
