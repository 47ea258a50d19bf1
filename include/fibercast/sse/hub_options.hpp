#pragma once

#include <fibercast/api.hpp>
#include <fibercast/runtime/overflow.hpp>

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace fibercast {

/// How a hub treats its clients.
///
/// **What a stuck client may hold.** Its outbox has `channel_capacity` places. A place takes one
/// hand-over: one event of any size, or what came in one burst, joined up to 16 KiB; so a burst alone
/// never overflows a client that keeps up, and is dropped together. Another 16 hand-overs at most
/// are being written. That makes `(channel_capacity + 16) * max(16 KiB, largest event)`
/// bytes, 512 KiB by default, besides what its socket holds. Clients of a worker that are stuck at
/// the same broadcasts share these bytes.
struct hub_options {
    /// Places in a client's outbox, at least 1; 8 bytes each, for every client for which two wait.
    std::size_t channel_capacity = 16;
    /// What happens to a client whose outbox is full. Under `block` its worker waits for it; a
    /// client whose stream has not started is ended as slow then, for nobody could make room.
    /// Nothing: `catch_up` where a history is kept, else `disconnect`.
    std::optional<fibercast::overflow> overflow = std::nullopt;
    /// A client idle this long gets a comment. 0, or longer than the clock counts: never.
    std::chrono::milliseconds heartbeat{10'000};

    /// How many events are kept for clients that come back or fall behind. 0: none, and then events
    /// carry no ids but those that publishers give them. 80 bytes for each, from the start.
    std::size_t history = 1'000;
    /// What these may take, in bytes as they go over the wire; the last one is always kept.
    std::size_t history_bytes = std::size_t{64} << 20;
    /// How old they may become; 0: as old as the other bounds let them.
    std::chrono::milliseconds history_age{3'600'000};

    /// What may wait in all outboxes together, in bytes; shared bytes count once for each worker.
    /// Beyond it the client that holds most is sent back to the history, or ended. 0: no bound.
    std::size_t memory_limit = 0;

    /// Of each topic that is published without a spelling (`event_topic`), the one that matchers see;
    /// an empty one is none. Called by whoever publishes.
    std::function<std::string(std::string_view topic)> spelling = {};
};

}  // namespace fibercast
