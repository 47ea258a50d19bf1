#include "topic_wish.hpp"

#include <fibercast/sse/topic.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>
#include <string>
#include <tuple>

namespace fibercast {
namespace {

topic_wish wish_by(std::shared_ptr<subscription_matcher const> const& matcher) {
    if (!matcher) throw std::invalid_argument("a matcher must not be null");
    auto const name = matcher->name();
    return {topic_key::of_matcher(name), name, matcher};
}

}  // namespace

std::vector<topic_wish> wishes_of(subscription const& wants) {
    if (wants.topics.size() + wants.exact_topics.size() + wants.matchers.size() > most_topics)
        throw std::invalid_argument(fmt::format("more than {} topics", most_topics));
    std::vector<topic_wish> all;
    for (auto const& each : wants.topics) {
        check_subscribed_topic(each);
        all.push_back({topic_key::of_pattern(each), each});
    }
    for (auto const& each : wants.exact_topics) {
        check_subscribed_topic(each);
        all.push_back({topic_key::of_topic(each), each});
    }
    for (auto const& each : wants.matchers) all.push_back(wish_by(each));
    std::sort(all.begin(), all.end(), [](auto const& a, auto const& b) {
        return std::tie(a.text, a.key.reach) < std::tie(b.text, b.key.reach);
    });
    auto const twice = std::unique(all.begin(), all.end(),
                                   [](auto const& a, auto const& b) { return a.key == b.key; });
    all.erase(twice, all.end());
    return all;
}

}  // namespace fibercast
