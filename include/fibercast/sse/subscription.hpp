#pragma once

#include <fibercast/runtime/overflow.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fibercast {

/// What a client wants of a hub.
struct subscription {
    /// In place of an id: all that the hub has kept.
    static constexpr std::string_view earliest = "earliest";

    /// Whose events it gets besides the broadcasts: topics, and patterns of them (`topic.hpp`). Up to
    /// 100.
    std::vector<std::string> topics = {};

    /// The id of the last event that it has had, as it came over the wire: it gets what followed, or
    /// is told first what is missing. Empty: it begins now.
    std::string last_event_id = {};

    /// What happens when its outbox is full; nothing: what the hub's options say.
    std::optional<fibercast::overflow> overflow = std::nullopt;
};

}  // namespace fibercast
