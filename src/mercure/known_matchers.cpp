#include "known_matchers.hpp"

#include <mutex>
#include <unordered_map>
#include <utility>

namespace fibercast::mercure {

class known_matchers::table {
public:
    matcher_ptr find(std::string const& key) {
        std::lock_guard const held(mutex_);
        auto const found = all_.find(key);
        return found == all_.end() ? nullptr : found->second.lock();
    }

    /// Another thread may have come first, and then its one is taken.
    matcher_ptr add(std::string const& key, matcher_ptr made) {
        std::lock_guard const held(mutex_);
        auto& place = all_[key];
        if (auto known = place.lock()) return known;
        place = made;
        return made;
    }

    void forget(std::string const& key) noexcept {
        std::lock_guard const held(mutex_);
        auto const found = all_.find(key);
        if (found != all_.end() && found->second.expired()) all_.erase(found);
    }

private:
    std::mutex mutex_;
    std::unordered_map<std::string, std::weak_ptr<known_matcher const>> all_;
};

known_matchers::known_matchers() : table_(std::make_shared<table>()) {}

matcher_ptr known_matchers::get(std::string const& key,
                                std::function<std::unique_ptr<known_matcher const>()> const& make) {
    if (auto known = table_->find(key)) return known;
    // Compiled without the lock: that takes long, beside finding one.
    auto made = make();
    // Moved, which takes no memory: from `release` on nobody else deletes it.
    auto forget = [table = table_, key = key](known_matcher const* it) noexcept {
        delete it;
        table->forget(key);
    };
    return table_->add(key, matcher_ptr(made.release(), std::move(forget)));
}

}  // namespace fibercast::mercure
