#include "pattern_matcher.hpp"

#include <fibercast/service/topic_urls.hpp>

#include <exception>

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

}  // namespace fibercast::mercure
