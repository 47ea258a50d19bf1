#include "matcher_index.hpp"

#include <algorithm>

namespace fibercast {

void matcher_index::add(matcher_place& one) {
    auto found = shelves_.find(one.prefix);
    if (found == shelves_.end()) {
        auto made = std::make_unique<shelf>(one.prefix);
        auto const key = made->key;
        found = shelves_.emplace(key, std::move(made)).first;
    }
    try {
        found->second->all.add(one);
    } catch (...) {
        if (found->second->all.empty()) shelves_.erase(found);
        throw;
    }
}

void matcher_index::remove(matcher_place& one) noexcept {
    auto const found = shelves_.find(one.prefix);
    found->second->all.remove(one);
    if (found->second->all.empty()) shelves_.erase(found);
}

void matcher_index::append_subscribers(topic_set const& of,
                                       std::vector<topic_subscribers_ptr>& to) {
    if (shelves_.empty()) return;
    ++questions_;
    for (auto const& key : of.keys()) {
        auto const found = key.is_prefix() ? shelves_.find(key.as_prefix()) : shelves_.end();
        if (found == shelves_.end()) continue;
        find_topics_below(found->second->prefix, of);
        roster<matcher_place>::walk all(found->second->all);
        while (matcher_place* const each = all.next()) {
            if (std::exchange(each->asked, questions_) == questions_) continue;
            if (is_for_one_below(*each)) to.emplace_back(&each->of);
        }
    }
}

/// Once for all matchers of a shelf: there may be thousands.
void matcher_index::find_topics_below(std::string_view prefix, topic_set const& of) {
    below_.clear();
    for (auto const& each : of.topics()) {
        if (each.as_matched().starts_with(prefix)) below_.push_back(each.as_matched());
    }
}

bool matcher_index::is_for_one_below(matcher_place const& one) const noexcept {
    return std::any_of(below_.begin(), below_.end(), [&](std::string_view topic) {
        return (one.prefix_is_whole || topic.starts_with(one.matcher->prefix())) &&
               one.matcher->matches(topic);
    });
}

}  // namespace fibercast
