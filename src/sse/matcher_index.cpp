#include "matcher_index.hpp"

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
        roster<matcher_place>::walk all(found->second->all);
        while (matcher_place* const each = all.next()) {
            if (std::exchange(each->asked, questions_) == questions_) continue;
            if (of.is_for(*each->matcher)) to.emplace_back(&each->of);
        }
    }
}

}  // namespace fibercast
