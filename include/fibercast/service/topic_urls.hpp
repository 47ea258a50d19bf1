#pragma once

#include <fibercast/access/topic_matcher.hpp>
#include <fibercast/api.hpp>
#include <fibercast/sse/event_topic.hpp>
#include <fibercast/url/url.hpp>

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace fibercast {

// A topic can be a URL, maybe one that is relative to the hub's own. URL patterns are held against
// what it is then, whatever it looks like; so events carry that beside the topic's text, as the
// spelling that the hub's matchers see.

/// The spelling for what the topic is as a URL: first its `location`, so that what a pattern's
/// `literal_prefix` says can be found in it. Empty: the topic is spelled so itself, or is no URL. At
/// most 4,096 bytes, for a topic and a hub's URL that are no longer than they may be.
FIBERCAST_API std::string url_spelling(std::string_view topic, url const& hub);

/// For `hub_options::spelling`, so that URL patterns see what is published without a spelling. Throws
/// `std::invalid_argument` for a hub's URL of more than `longest_hub_url` bytes.
FIBERCAST_API std::function<std::string(std::string_view)> spelled_as_urls(url const& hub);

inline constexpr std::size_t longest_hub_url = 512;  ///< In bytes.

/// What a topic is as a URL, of an event that carries it with its spelling; nothing: it is none. The
/// worker keeps the last few: those who are asked about an event one after the other find it read.
/// Stays valid until this thread asks the next time. Throws `std::bad_alloc`.
FIBERCAST_API std::optional<url> const& url_of(std::string_view as_matched);

/// The same for all topics of an event, with their texts.
FIBERCAST_API std::span<resolved_topic const> resolved(std::span<event_topic const> topics);

/// Whether a topic is below the hub's own URL, whatever host it names: only the hub itself publishes
/// there.
FIBERCAST_API bool is_reserved(std::string_view topic, url const& hub);

}  // namespace fibercast
