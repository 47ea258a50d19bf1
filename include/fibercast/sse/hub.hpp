#pragma once

#include <fibercast/api.hpp>
#include <fibercast/runtime/deadline.hpp>
#include <fibercast/sse/audience.hpp>
#include <fibercast/sse/client.hpp>
#include <fibercast/sse/client_info.hpp>
#include <fibercast/sse/client_tap.hpp>
#include <fibercast/sse/event.hpp>
#include <fibercast/sse/event_id.hpp>
#include <fibercast/sse/hub_options.hpp>
#include <fibercast/sse/hub_stats.hpp>
#include <fibercast/sse/publish_request.hpp>
#include <fibercast/sse/reader_rights.hpp>
#include <fibercast/sse/send_result.hpp>
#include <fibercast/sse/subscription.hpp>
#include <fibercast/sse/subscription_matcher.hpp>
#include <fibercast/sse/topic.hpp>
#include <fibercast/sse/topic_info.hpp>

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace fibercast {

/// The connected clients, and the way to reach them all.
///
/// Each worker has a shard with the clients that joined on it. A broadcast is encoded once and
/// shown to each shard once, so it costs the broadcaster the same for one client as for a hundred
/// thousand. Must outlive the workers on which clients have joined: declare it before the server.
///
/// Broadcasts, publications and sends have one order, and every client sees its part of it in that
/// order. A client begins at its place in it: it gets all that is published after it has joined, or
/// after the event that it names. The last events are kept (`hub_options::history`): a client that
/// comes back, or whose outbox was full, reads them at its own pace until it has caught up. What it
/// cannot be given any more it is told of by an event of type `fibercast.gap`, before anything else.
class FIBERCAST_API hub {
public:
    using options = hub_options;

    hub() : hub(options{}) {}
    /// Throws `std::invalid_argument` for a capacity of 0 or over 2^31, or a negative heartbeat.
    explicit hub(options const& settings);
    ~hub();
    hub(hub const&) = delete;
    hub& operator=(hub const&) = delete;

    /// Adds a client. In a fiber of a worker only: the client stays there. Throws
    /// `std::invalid_argument` for a topic that is none (`topic.hpp`) or too many of them.
    client join(subscription const& wants = {});

    /// Any thread or fiber. Sends an event to every client. Suspends (a thread: blocks) while a
    /// worker is 1024 publications behind, which with `overflow::block` can be one slow client's
    /// doing. Returns the event's place in the order; nothing: the deadline has passed before there
    /// was room, and nobody gets the event. Throws `std::bad_alloc`, and then nobody gets it either.
    std::optional<event_id> broadcast(event const& what, deadline until = never,
                                      audience* to = nullptr);

    /// The same for the clients that have subscribed to one of these topics, at least one and up to
    /// 100; each of them gets it once. Throws `std::invalid_argument` for topics that are none. Costs
    /// in proportion to those clients.
    std::optional<event_id> publish(std::vector<std::string> const& topics, event const& what,
                                    deadline until = never, audience* to = nullptr);

    /// The same, with all that can be said of an event, which may be private. Returns the id that it
    /// carries: the publisher's own, else its place; empty where nothing is kept and it has none of
    /// its own.
    std::optional<std::string> publish(publish_request const& asked, deadline until = never,
                                       audience* to = nullptr);

    /// Any thread or fiber. Sends an event to one client, and waits until it is in that client's
    /// outbox or is not going to be. Every worker looks for the client: for operators. A handler's own
    /// client has its own `send`.
    send_result send(client_id to, event const& what, deadline until = never);

    /// Any thread or fiber. Waits until what was published before has reached the clients'
    /// outboxes. False: the deadline has passed. To be called before the server is stopped, so that
    /// nothing is lost.
    bool flush(deadline until);

    /// Any thread or fiber. Ends all clients, as evenly as it can over that time, each behind what is
    /// queued for it and told to come back at a moment of its own, a second to `over` and a second
    /// later: so that they neither go nor come all at once. Returns when the last was ended; whoever
    /// joins meanwhile is ended too. To be called when nobody is accepted any more.
    void drain(std::chrono::milliseconds over);

    /// Any thread or fiber. These ask all workers at once and wait for the answers. They take no
    /// deadline: they wait for no client, only until each worker has had a turn for them.

    /// Ends one client's stream; behind what is queued, if the client takes that. False: there is no
    /// such client.
    bool kick(client_id whom);
    /// Shows what is written to one client, live and in catch-up, from soon after: `began` says from
    /// where. A client that takes nothing is written nothing. False: there is no such client.
    bool tap(client_id whom, std::shared_ptr<client_tap> to);
    /// All clients, by id.
    std::vector<client_info> clients();
    /// One client. Nothing: there is no such client.
    std::optional<client_info> find(client_id whom);
    /// What clients have subscribed to, by name.
    std::vector<topic_info> topics();

    /// Any thread; does not wait. Where the order is now: what follows this is yet to come.
    event_id last_id() const noexcept;

    /// Any thread; takes the order's lock. The id of the last event that was for more than one client,
    /// as it carries it: its publisher's own, else its place. Who comes back with it gets what follows.
    /// Nothing: there was none, or nothing is kept.
    std::optional<std::string> last_event_id();

    /// Whether each event carries an id, its place where it has none of its own: a history is kept.
    bool gives_ids() const noexcept;

    /// Which policy a client has that does not ask for one.
    fibercast::overflow default_overflow() const noexcept;

    /// Any thread; does not wait. All that was done so far, also by workers that have stopped.
    hub_stats stats() const noexcept;

    /// Any thread; does not wait. The number of connected clients.
    std::size_t size() const noexcept;

private:
    struct FIBERCAST_HIDDEN state;
    std::unique_ptr<state> state_;
};

}  // namespace fibercast
