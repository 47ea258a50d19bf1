#include <fibercast/access/topic_matcher.hpp>

#include "http/escape.hpp"
#include "http/utf8.hpp"

#include <algorithm>
#include <stdexcept>

namespace fibercast {
namespace {

void check_characters(std::string_view match) {
    while (!match.empty()) {
        auto const next = first_character(match);
        if (next.bytes == 0) throw std::invalid_argument("a topic matcher that is no UTF-8");
        if (is_control_or_format(next.code))
            throw std::invalid_argument("a topic matcher with a control or format character");
        match.remove_prefix(next.bytes);
    }
}

}  // namespace

resolved_topic::resolved_topic(std::string_view topic, url const& hub)
    : text(topic), as_url(parse_url(topic, &hub)) {}

topic_matcher::topic_matcher(std::string_view match) : text_(match) { check_characters(match); }

topic_matcher::topic_matcher(std::string_view match, std::string_view type, url const& hub)
    : topic_matcher(match) {
    bool const exact = type.empty() || type == "exact";
    if (!exact && type != "urlpattern")
        throw std::invalid_argument("topic matchers of the type " + in_quotes(type) +
                                    " are not supported");
    if (match == "*") return;
    if (exact)
        what_ = this_one();
    else
        what_ = url_pattern(match, hub);
}

topic_matcher topic_matcher::from_selector(std::string_view selector) {
    topic_matcher made(selector);
    if (selector == "*") return made;
    // Most are names, which need no template.
    if (selector.find('{') != selector.npos && uri_template::is_well_formed(selector))
        made.what_ = uri_template(selector);
    else
        made.what_ = this_one();
    return made;
}

bool topic_matcher::matches(resolved_topic const& topic) const {
    if (is_all()) return true;
    if (auto const* const urls = pattern()) return topic.as_url && urls->matches(*topic.as_url);
    auto const* const by = as_template();
    return topic.text == text_ || (by != nullptr && by->matches(topic.text));
}

std::string_view topic_matcher::text_prefix() const noexcept {
    if (is_all() || pattern() != nullptr) return {};
    auto const* const by = as_template();
    if (by == nullptr) return text_;
    // The topic of its name has as they are those characters that the template encodes.
    auto const& expanded = by->literal_prefix();
    auto const end = std::mismatch(text_.begin(), text_.end(), expanded.begin(), expanded.end());
    return {text_.begin(), end.first};
}

}  // namespace fibercast
