#pragma once

#include <fibercast/api.hpp>
#include <fibercast/url/uri_template.hpp>
#include <fibercast/url/url.hpp>
#include <fibercast/url/url_pattern.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace fibercast {

/// A topic, taken apart once for all the patterns that it is held against.
struct FIBERCAST_API resolved_topic {
    /// `hub` is what a relative topic is relative to.
    resolved_topic(std::string_view topic, url const& hub);
    resolved_topic(std::string_view topic, std::optional<url> what)
        : text(topic), as_url(std::move(what)) {}

    std::string text;
    std::optional<url> as_url;  ///< Nothing: no URL pattern matches it.
};

/// Which topics are meant: one by its name, those of a URL pattern or of a URI Template, or all. By
/// the Mercure protocol's "Matcher Types", and the topic selectors of its versions 0.x. Immutable:
/// any thread may match.
class FIBERCAST_API topic_matcher {
public:
    /// `type` is `exact`, `urlpattern`, or empty for `exact`; `*` is all topics whatever the type.
    /// `hub` is what a relative pattern is relative to. Throws `std::invalid_argument`, with a
    /// sentence that says why, for another type, a pattern that is none, and what has control or
    /// format characters or is no UTF-8. The caller bounds the length.
    topic_matcher(std::string_view match, std::string_view type, url const& hub);

    /// A topic selector of the protocol's versions 0.x, which has no type: `*` is all topics, and
    /// any other text is the topic of that name, byte for byte; one with a '{' that is a URI
    /// Template (`uri_template`), is besides what comes of it. What looks like a template and is
    /// none is just a text, as hubs of those versions take it. Throws `std::invalid_argument`, with
    /// a sentence that says why, for a template that is too dear to match, and for characters as
    /// above. The caller bounds the length.
    static topic_matcher from_selector(std::string_view selector);

    bool matches(resolved_topic const& topic) const;

    bool is_all() const noexcept { return std::holds_alternative<everything>(what_); }
    /// Null: it is no pattern.
    url_pattern const* pattern() const noexcept { return std::get_if<url_pattern>(&what_); }
    /// Null: it is no template.
    uri_template const* as_template() const noexcept { return std::get_if<uri_template>(&what_); }

    /// What the text of every topic begins with that it is for, for an index. Empty for `*`, and
    /// for a URL pattern: that has a prefix of its own (`url_pattern::literal_prefix`), of
    /// locations.
    std::string_view text_prefix() const noexcept;

    /// As it was given.
    std::string const& text() const noexcept { return text_; }

private:
    struct everything {};
    struct this_one {};

    explicit topic_matcher(std::string_view match);

    std::string text_;
    std::variant<everything, this_one, url_pattern, uri_template> what_;
};

}  // namespace fibercast
