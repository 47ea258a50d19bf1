#pragma once

#include <fibercast/api.hpp>
#include <fibercast/coding/content_coding.hpp>
#include <fibercast/http/body_state.hpp>
#include <fibercast/http/output.hpp>
#include <fibercast/http/response.hpp>
#include <fibercast/runtime/deadline.hpp>
#include <fibercast/runtime/runnable.hpp>
#include <fibercast/sse/client_info.hpp>
#include <fibercast/sse/end_reason.hpp>
#include <fibercast/sse/event.hpp>
#include <fibercast/sse/send_result.hpp>

#include <boost/smart_ptr/intrusive_ptr.hpp>

#include <functional>
#include <optional>
#include <string>

namespace fibercast {

class member;
class shard;

/// The handler's end of one client of a hub: a bounded outbox of events, and a body that writes what
/// is in it. Destroying it takes the client out of the hub.
///
/// Belongs to the worker on which it joined.
class FIBERCAST_API client {
public:
    client(client&&) noexcept;
    client& operator=(client&&) = delete;
    ~client();

    client_id id() const noexcept;

    /// Queues an event for this client alone, behind all that was published before, as the hub's
    /// overflow policy says. Suspends while this worker is behind, and under `block` until there is
    /// room.
    ///
    /// Before the stream has started nobody takes events out, so waiting for room would be for ever:
    /// under `block` a full outbox then means `timed_out` at once. Broadcasts fill it too, and end a
    /// client that has no room, so a handler should return the stream soon after it has joined.
    send_result send(event const& what, deadline until = never);

    /// Takes the client out of the hub; its stream ends when what is queued was written. For a
    /// handler that has nothing more to say. Idempotent.
    void end() noexcept;

    bool connected() const noexcept;

    /// How its stream is compressed: what its response says as `Content-Encoding`.
    content_coding coding() const noexcept;

    /// Right after it has joined, before anything suspends: the id of the event behind which it begins,
    /// its own or its place. For a client that came back that is the one it named, if nothing behind
    /// that is lost. Nothing: no event comes before its first, for it asked for `earliest`, or gets
    /// all that is kept because the event that it named is not known any more, or nothing is kept.
    std::optional<std::string> begins_behind() const;

    /// Calls `tell` once, when the client has left the hub, for whatever reason: later, or now if it
    /// has already. On its worker, often where something must not wait: `tell` must not suspend or
    /// throw. What has to, it hands to another fiber (`worker::fibers`). One for each client: a second
    /// takes the place of the first. Throws `std::bad_alloc`, and then nothing is called.
    void when_ended(std::function<void(end_reason)> tell);

private:
    friend class hub;
    friend body_state write_ready(client& it, output& out, runnable& again);

    client(shard& home, boost::intrusive_ptr<member> it) noexcept;

    boost::intrusive_ptr<member> member_;
    shard* home_;
};

/// Writes the client's events. It is over when the client goes, is ended or sent away, or the server
/// drains. `write_body(client, out)` does that in a fiber that waits.
FIBERCAST_API body_state write_ready(client& it, output& out, runnable& again);

/// The response that is this client's stream.
FIBERCAST_API response event_stream(client it);

}  // namespace fibercast
