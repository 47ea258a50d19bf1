#include "topic_index.hpp"

#include <utility>

namespace fibercast {

void topic_index::add(topic_place& place, topic_wish const& to) {
    auto const found = group_of(to);
    place.in = found->second;
    try {
        place.in->all.add(place);
    } catch (...) {
        place.in.reset();
        if (found->second->all.empty()) forget(found);
        throw;
    }
}

topic_index::groups::iterator topic_index::group_of(topic_wish const& to) {
    if (auto const found = groups_.find(to.key); found != groups_.end()) return found;
    topic_subscribers_ptr const made(new topic_subscribers(to));
    auto const at = groups_.emplace(made->key(), made).first;
    try {
        if (made->matched() != nullptr) matchers_.add(*made->matched());
    } catch (...) {
        groups_.erase(at);
        throw;
    }
    return at;
}

void topic_index::forget(groups::iterator which) noexcept {
    auto const group = which->second;  // whose text the key refers to
    if (group->matched() != nullptr) matchers_.remove(*group->matched());
    groups_.erase(which);
}

void topic_index::remove(topic_place& place) noexcept {
    auto const in = std::move(place.in);
    if (!in) return;
    in->all.remove(place);
    if (!in->all.empty()) return;
    auto const found = groups_.find(in->key());
    if (found != groups_.end()) forget(found);
}

void topic_index::append_subscribers(topic_set const& of, std::vector<topic_subscribers_ptr>& to) {
    if (groups_.empty()) return;
    for (auto const& key : of.keys()) {
        if (auto const found = groups_.find(key); found != groups_.end())
            to.push_back(found->second);
    }
    matchers_.append_subscribers(of, to);
}

void topic_index::append_topics(std::vector<topic_info>& to) const {
    for (auto const& [key, group] : groups_) to.push_back({group->text(), group->all.size()});
}

}  // namespace fibercast
