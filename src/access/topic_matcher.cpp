#include <fibercast/access/topic_matcher.hpp>

#include "http/escape.hpp"
#include "http/utf8.hpp"

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

topic_matcher::topic_matcher(std::string_view match, std::string_view type, url const& hub)
    : text_(match) {
    check_characters(match);
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

bool topic_matcher::matches(resolved_topic const& topic) const {
    if (is_all()) return true;
    auto const* const urls = pattern();
    return urls == nullptr ? topic.text == text_ : topic.as_url && urls->matches(*topic.as_url);
}

}  // namespace fibercast
