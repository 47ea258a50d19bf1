#include "active_subscriptions.hpp"

namespace fibercast::mercure {

void active_subscriptions::add(subscriber_ptr const& one) {
    std::lock_guard const held(mutex_);
    try {
        for (auto const& each : one->matchers)
            by_matcher_[each].emplace(one->id, entry{&each, one});
    } catch (...) {
        drop(*one);
        throw;
    }
}

void active_subscriptions::remove(subscriber const& one) noexcept {
    std::lock_guard const held(mutex_);
    drop(one);
}

/// With the mutex.
void active_subscriptions::drop(subscriber const& one) noexcept {
    for (auto const& each : one.matchers) {
        auto const found = by_matcher_.find(each);
        if (found == by_matcher_.end()) continue;
        found->second.erase(one.id);
        if (found->second.empty()) by_matcher_.erase(found);
    }
}

void active_subscriptions::append(subscribers const& from, std::size_t most,
                                  std::vector<entry>& to) {
    for (auto const& [id, each] : from) {
        if (to.size() == most) return;
        to.push_back(each);
    }
}

std::vector<active_subscriptions::entry> active_subscriptions::all(std::size_t most) const {
    std::lock_guard const held(mutex_);
    std::vector<entry> found;
    for (auto const& [by, those] : by_matcher_) {
        append(those, most, found);
        if (found.size() == most) break;  // others wait for the mutex
    }
    return found;
}

std::vector<active_subscriptions::entry> active_subscriptions::of(wanted_matcher const& by,
                                                                  std::size_t most) const {
    std::lock_guard const held(mutex_);
    std::vector<entry> found;
    auto const those = by_matcher_.find(by);
    if (those != by_matcher_.end()) append(those->second, most, found);
    return found;
}

std::vector<active_subscriptions::entry> active_subscriptions::of(wanted_matcher const& by,
                                                                  std::string_view id) const {
    std::lock_guard const held(mutex_);
    auto const those = by_matcher_.find(by);
    if (those == by_matcher_.end()) return {};
    auto const found = those->second.find(id);
    return found == those->second.end() ? std::vector<entry>() : std::vector<entry>{found->second};
}

}  // namespace fibercast::mercure
