#include "selector_matcher.hpp"

#include <exception>
#include <optional>

namespace fibercast::mercure {

selector_matcher::selector_matcher(std::string_view text)
    : name_("selector " + std::string(text)), what_(topic_matcher::from_selector(text)) {}

bool selector_matcher::matches(std::string_view topic) const noexcept {
    try {
        return what_.matches(resolved_topic(topic, std::optional<url>()));
    } catch (std::exception const&) {
        return false;  // there is no memory to find out
    }
}

std::size_t selector_matcher::regexps() const noexcept {
    auto const* const by = what_.as_template();
    return by == nullptr ? 0 : by->regexps();
}

}  // namespace fibercast::mercure
