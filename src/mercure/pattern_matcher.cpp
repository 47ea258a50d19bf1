#include "pattern_matcher.hpp"

#include <fibercast/service/topic_urls.hpp>

#include <exception>
#include <mutex>
#include <unordered_map>
#include <utility>

namespace fibercast::mercure {

// With its kind: what is a pattern of another kind with the same text is another matcher.
pattern_matcher::pattern_matcher(std::string_view text, url const& hub)
    : name_("urlpattern " + std::string(text)), pattern_(text, hub) {}

bool pattern_matcher::matches(std::string_view topic) const noexcept {
    try {
        auto const& it = url_of(topic);
        return it && pattern_.matches(*it);
    } catch (std::exception const&) {
        return false;  // there is no memory to find out
    }
}

class known_patterns::table {
public:
    pattern_matcher_ptr find(std::string const& text) {
        std::lock_guard const held(mutex_);
        auto const found = all_.find(text);
        return found == all_.end() ? nullptr : found->second.lock();
    }

    /// Another thread may have come first, and then its one is taken.
    pattern_matcher_ptr add(std::string const& text, pattern_matcher_ptr made) {
        std::lock_guard const held(mutex_);
        auto& place = all_[text];
        if (auto known = place.lock()) return known;
        place = made;
        return made;
    }

    void forget(std::string const& text) noexcept {
        std::lock_guard const held(mutex_);
        auto const found = all_.find(text);
        if (found != all_.end() && found->second.expired()) all_.erase(found);
    }

private:
    std::mutex mutex_;
    std::unordered_map<std::string, std::weak_ptr<pattern_matcher const>> all_;  // under mutex_
};

known_patterns::known_patterns() : table_(std::make_shared<table>()) {}

pattern_matcher_ptr known_patterns::compiled(std::string const& text, url const& hub) {
    if (auto known = table_->find(text)) return known;
    // Compiled without the lock: that takes long, beside finding one.
    auto made = std::make_unique<pattern_matcher const>(text, hub);
    auto const forget = [table = table_, text](pattern_matcher const* it) noexcept {
        delete it;
        table->forget(text);
    };
    return table_->add(text, pattern_matcher_ptr(made.release(), forget));
}

}  // namespace fibercast::mercure
