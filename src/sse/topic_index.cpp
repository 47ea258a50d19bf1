#include "topic_index.hpp"

namespace fibercast {

void topic_index::add(topic_place& place, std::string const& pattern) {
    auto found = groups_.find(topic_key::of_pattern(pattern));
    if (found == groups_.end()) {
        topic_subscribers_ptr made(new topic_subscribers(pattern));
        found = groups_.emplace(made->key(), made).first;
    }
    place.in = found->second;
    try {
        place.in->all.add(place);
    } catch (...) {
        place.in.reset();
        if (found->second->all.empty()) groups_.erase(found);
        throw;
    }
}

void topic_index::remove(topic_place& place) noexcept {
    auto const in = std::move(place.in);
    if (!in) return;
    in->all.remove(place);
    if (!in->all.empty()) return;
    auto const found = groups_.find(in->key());
    if (found != groups_.end()) groups_.erase(found);
}

void topic_index::append_subscribers(topic_set const& of,
                                     std::vector<topic_subscribers_ptr>& to) const {
    if (groups_.empty()) return;
    for (auto const& key : of.keys()) {
        auto const found = groups_.find(key);
        if (found != groups_.end()) to.push_back(found->second);
    }
}

void topic_index::append_topics(std::vector<topic_info>& to) const {
    for (auto const& [key, group] : groups_) to.push_back({group->pattern(), group->all.size()});
}

}  // namespace fibercast
