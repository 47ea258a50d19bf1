#pragma once

#include <fibercast/sse/event.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fibercast {

/// What a publisher has said of an event, not yet checked.
struct event_fields {
    std::vector<std::string> topics;
    std::optional<std::string> data;
    std::optional<std::string> type;
    std::optional<std::string> id;
    std::optional<std::int64_t> retry;  ///< Milliseconds.
    std::optional<bool> is_private;
};

/// An event that can be published.
struct outgoing {
    std::vector<std::string> topics;  ///< None: for all clients.
    event what;
    bool is_private = false;  ///< Only with topics.
};

/// Throws `std::invalid_argument`, with a sentence that is safe to print, for what is wrong.
outgoing checked(event_fields from);

/// Throws `std::invalid_argument`, too.
std::int64_t parse_retry(std::string_view text);

}  // namespace fibercast
