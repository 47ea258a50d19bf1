#pragma once

#include <fibercast/api.hpp>
#include <fibercast/coding/content_coding.hpp>
#include <fibercast/runtime/deadline.hpp>
#include <fibercast/runtime/overflow.hpp>
#include <fibercast/sse/reader_rights.hpp>
#include <fibercast/sse/subscription_matcher.hpp>

#include <memory>
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
    /// 100, with the two below.
    std::vector<std::string> topics = {};

    /// The same, but each is a topic and no pattern, whatever it looks like: `orders/*` is the topic
    /// of that name.
    std::vector<std::string> exact_topics = {};

    /// The same, but these say themselves which topics they are for. None is null.
    std::vector<std::shared_ptr<subscription_matcher const>> matchers = {};

    /// What it may read of what is private; null: nothing.
    std::shared_ptr<reader_rights const> rights = nullptr;

    /// The id of the last event that it has had, as it came over the wire: it gets what followed, or
    /// is told first what is missing. Empty: it begins now.
    std::string last_event_id = {};

    /// Whether an event `fibercast.gap` says what is missing. If not, who comes back is told where it
    /// begins by `client::begins_behind` alone; and who falls so far behind that something is lost,
    /// under any policy, ends as slow: so that it comes back, and is told.
    bool tell_of_gaps = true;

    /// Whether a comment goes out with the head when there is nothing else: Firefox tells its page that
    /// a stream is open with the first byte of the body. For who greets nobody.
    bool open_at_once = false;

    /// When it ends (`end_reason::expired`), whatever it does then: because a token is no longer good,
    /// or to have it come back and show one. It gets nothing that is published later, and what is
    /// queued already if it takes that: one that takes nothing is cut at once, one that still takes
    /// its last bytes a second later. Takes 64 bytes; a client that ends never takes none.
    deadline ends_at = never;

    /// How its stream is compressed (`accepted_coding`). The work is done once for all clients of a
    /// worker that hear the same: docs/design-notes.md says how.
    content_coding coding = content_coding::identity;

    /// What happens when its outbox is full; nothing: what the hub's options say.
    std::optional<fibercast::overflow> overflow = std::nullopt;
};

}  // namespace fibercast
