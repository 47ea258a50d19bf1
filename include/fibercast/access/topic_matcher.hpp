#pragma once

#include <fibercast/url/url.hpp>
#include <fibercast/url/url_pattern.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace fibercast {

/// A topic, taken apart once for all the patterns that it is held against.
struct resolved_topic {
    /// `hub` is what a relative topic is relative to.
    resolved_topic(std::string_view topic, url const& hub);
    resolved_topic(std::string_view topic, std::optional<url> what)
        : text(topic), as_url(std::move(what)) {}

    std::string text;
    std::optional<url> as_url;  ///< Nothing: no URL pattern matches it.
};

/// Which topics are meant: one by its name, those of a URL pattern, or all. By the Mercure
/// protocol's "Matcher Types". Immutable: any thread may match.
class topic_matcher {
public:
    /// `type` is `exact`, `urlpattern`, or empty for `exact`; `*` is all topics whatever the type.
    /// `hub` is what a relative pattern is relative to. Throws `std::invalid_argument`, with a
    /// sentence that says why, for another type, a pattern that is none, and what has control or
    /// format characters or is no UTF-8. The caller bounds the length.
    topic_matcher(std::string_view match, std::string_view type, url const& hub);

    bool matches(resolved_topic const& topic) const;

    bool is_all() const noexcept { return std::holds_alternative<everything>(what_); }
    /// Null: it is no pattern.
    url_pattern const* pattern() const noexcept { return std::get_if<url_pattern>(&what_); }
    /// As it was given.
    std::string const& text() const noexcept { return text_; }

private:
    struct everything {};
    struct this_one {};

    std::string text_;
    std::variant<everything, this_one, url_pattern> what_;
};

}  // namespace fibercast
