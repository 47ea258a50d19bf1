#include "member_topics.hpp"

#include "topic_wish.hpp"

#include <algorithm>
#include <cstddef>

namespace fibercast {

// By another constructor: the places that are in the index when one finds no room leave it.
member_topics::member_topics(subscription const& wants, topic_index& in) : member_topics(in) {
    auto const wishes = wishes_of(wants);
    places_ = std::vector<topic_place>(wishes.size());
    groups_.reserve(wishes.size());
    for (std::size_t i = 0; i < wishes.size(); ++i) {
        index_.add(places_[i], wishes[i]);
        groups_.push_back(places_[i].in);
    }
}

void member_topics::begin(member& who) noexcept {
    for (auto& each : places_) each.who = &who;
}

void member_topics::leave() noexcept {
    for (auto& each : places_) index_.remove(each);
}

bool member_topics::may_want(topic_set_ptr const& topics) const noexcept {
    return !topics || std::any_of(groups_.begin(), groups_.end(),
                                  [&](auto const& each) { return each->may_want(*topics); });
}

bool member_topics::want(topic_set const& topics) const noexcept {
    return std::any_of(groups_.begin(), groups_.end(),
                       [&](auto const& each) { return each->want(topics); });
}

std::vector<std::string> member_topics::texts() const {
    std::vector<std::string> all;
    all.reserve(groups_.size());
    for (auto const& each : groups_) all.push_back(each->text());
    return all;
}

}  // namespace fibercast
