#pragma once

#include <fibercast/api.hpp>

#include <cstddef>
#include <string_view>

namespace fibercast {

// A topic is what an event is about: `orders/7`. Its segments are what is between slashes.
//
// Clients subscribe to a topic by its exact name or by a pattern:
//     orders/*      one segment behind it: orders/7, but not orders/7/items
//     orders/**     whatever is behind it: orders/7 and orders/7/items
//     *             all topics
// A '*' anywhere else stands for itself. Other kinds of pattern are objects
// (`subscription_matcher.hpp`).

inline constexpr std::size_t longest_topic = 1024;        ///< In bytes.
inline constexpr std::size_t longest_event_topic = 4096;  ///< Of a `publish_request`.
inline constexpr std::size_t most_topics = 100;           ///< Of a subscription, and of an event.

/// Throws `std::invalid_argument`, with a sentence that says why, unless it is 1 to 1,024 bytes of
/// UTF-8 without control or format characters.
FIBERCAST_API void check_subscribed_topic(std::string_view topic);

/// The same, but up to 4,096 bytes: what a `publish_request` names may have a matcher in it.
FIBERCAST_API void check_event_topic(std::string_view topic);

/// As a subscribed one, and not for what is a pattern: events are about topics alone.
FIBERCAST_API void check_published_topic(std::string_view topic);

}  // namespace fibercast
