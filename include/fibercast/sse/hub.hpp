#pragma once

#include <fibercast/runtime/deadline.hpp>
#include <fibercast/sse/client.hpp>
#include <fibercast/sse/client_info.hpp>
#include <fibercast/sse/event.hpp>
#include <fibercast/sse/hub_options.hpp>
#include <fibercast/sse/hub_stats.hpp>
#include <fibercast/sse/send_result.hpp>

#include <cstddef>
#include <memory>
#include <vector>

namespace fibercast {

/// The connected clients, and the way to reach them all.
///
/// Each worker has a shard with the clients that joined on it. A broadcast is encoded once and
/// shown to each shard once, so it costs the broadcaster the same for one client as for a hundred
/// thousand. Must outlive the workers on which clients have joined: declare it before the server.
///
/// Broadcasts and sends have one order, and every client sees its part of it in that order. A client
/// begins at its place in it: it gets all that is published after it has joined, and nothing older.
class hub {
public:
    using options = hub_options;

    hub() : hub(options{}) {}
    /// Throws `std::invalid_argument` for a capacity of 0 or over 2^31, or a negative heartbeat.
    explicit hub(options const& settings);
    ~hub();
    hub(hub const&) = delete;
    hub& operator=(hub const&) = delete;

    /// Adds a client. In a fiber of a worker only: the client stays there.
    client join();

    /// Any thread or fiber. Sends an event to every client that is connected now. Suspends (a
    /// thread: blocks) while a worker is 1024 publications behind, which with `overflow::block` can
    /// be one slow client's doing. False: the deadline has passed before there was room, and nobody
    /// gets the event. Throws `std::bad_alloc`, and then nobody gets it either.
    bool broadcast(event const& what, deadline until = never);

    /// Any thread or fiber. Sends an event to one client, and waits until it is in that client's
    /// outbox or is not going to be. Every worker looks for the client, at every member it has: for
    /// operators. A handler's own client has its own `send`.
    send_result send(client_id to, event const& what, deadline until = never);

    /// Any thread or fiber. Waits until what was published before has reached the clients'
    /// outboxes. False: the deadline has passed. To be called before the server is stopped, so that
    /// nothing is lost.
    bool flush(deadline until);

    /// Any thread or fiber. These two ask all workers at once and wait for the answers. They take no
    /// deadline: they wait for no client, only until each worker has had a turn for them.

    /// Ends one client's stream; behind what is queued, if the client takes that. False: there is no
    /// such client.
    bool kick(client_id whom);
    /// All clients, by id.
    std::vector<client_info> clients();

    /// Any thread; does not wait. All that was done so far, also by workers that have stopped.
    hub_stats stats() const noexcept;

    /// Any thread; does not wait. The number of connected clients.
    std::size_t size() const noexcept;

private:
    struct state;
    std::unique_ptr<state> state_;
};

}  // namespace fibercast
