#pragma once

#include <fibercast/http/chunk.hpp>
#include <fibercast/runtime/deadline.hpp>
#include <fibercast/runtime/overflow.hpp>
#include <fibercast/sse/client.hpp>
#include <fibercast/sse/client_info.hpp>
#include <fibercast/sse/event.hpp>

#include <chrono>
#include <cstddef>
#include <memory>
#include <vector>

namespace fibercast {

class shard;

/// The connected clients, and the way to reach them all.
///
/// Each worker has a shard with the clients that joined on it. A broadcast is encoded once and
/// handed to each shard once, so it costs the broadcaster the same for one client as for a hundred
/// thousand. Must outlive the workers on which clients have joined: declare it before the server.
class hub {
public:
    struct options {
        /// Slots of a client's channel, a power of two; it holds one less. Broadcasts that came in
        /// a burst share one, up to 8 KiB, and are dropped together. A client that is stuck keeps
        /// at most (slots + 15) times 8 KiB or one event, of bytes that others may share.
        std::size_t channel_capacity = 16;
        /// What happens to a client whose channel is full.
        fibercast::overflow overflow = fibercast::overflow::disconnect;
        std::chrono::milliseconds heartbeat{
            10'000};  ///< A client idle this long gets a comment; 0: never.
    };

    hub() : hub(options{}) {}
    /// Throws `std::invalid_argument` for a capacity that is no power of two of at least 2, or a
    /// negative heartbeat.
    explicit hub(options const& settings);
    ~hub();
    hub(hub const&) = delete;
    hub& operator=(hub const&) = delete;

    /// Adds a client. In a fiber of a worker only: the client stays there.
    client join();

    /// Any thread or fiber. Sends an event to every client that is connected now. All clients see
    /// all broadcasts in the same order. Suspends (a thread: blocks) while a worker is 1024
    /// broadcasts behind, which with `overflow::block` can be one slow client's doing. False: the
    /// deadline has passed before there was room, and nobody gets the event.
    bool broadcast(event const& what, deadline until = never);

    /// Any thread or fiber. Waits until what was broadcast before has reached the clients'
    /// channels. False: the time was up. To be called before the server is stopped, so that nothing
    /// is lost.
    bool flush(std::chrono::steady_clock::duration patience);

    /// Any thread or fiber; these ask every worker and wait for the answers.

    /// Sends to one client. False: there is no such client, or it did not take the event.
    bool send(client_id to, event const& what);
    /// Ends one client's stream. False: there is no such client.
    bool kick(client_id whom);
    /// All clients, by id.
    std::vector<client_info> clients();
    hub_stats stats();

    /// Any thread; does not wait. The number of connected clients.
    std::size_t size() const noexcept;

private:
    struct state;
    std::unique_ptr<state> state_;
};

}  // namespace fibercast
