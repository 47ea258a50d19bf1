#pragma once

#include "clients/body_reader.hpp"
#include "clients/endpoint.hpp"
#include "clients/event_reader.hpp"
#include "clients/id_reader.hpp"
#include "clients/latency_histogram.hpp"
#include "clients/publisher.hpp"
#include "clients/stream_reader.hpp"
#include "process/unique_fd.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

struct epoll_event;

namespace bench {

/// What went wrong on the way to the clients. A late message counts as lost where it was missed
/// and as out of order where it came.
struct delivery_faults {
    std::uint64_t lost = 0;
    std::uint64_t out_of_order = 0;
};

/// Throws `failure` that says how many: who loses a message is not worth measuring.
void throw_if_any(delivery_faults const& faults);

struct swarm_options {
    endpoint target;
    int clients = 0;
    std::chrono::milliseconds timeout{};  ///< for each wait; when it is over, the wait throws
    std::uint32_t first_source = 2;       ///< see `connect_to`
    int queries = 1;     ///< every `{n}` in the target's path becomes 0 to this, in turns
    bool greets = true;  ///< the server, with something behind the head, once a client is in
    /// Further header fields of a client's request, each of which ends in CRLF.
    std::function<std::string(int client)> fields = {};
    /// Makes what reads a client's body; none: it is read as plain events.
    std::function<std::unique_ptr<stream_reader>(int client)> reader = {};
    std::function<void(int connected)> on_progress = [](int) {};
};

/// Many SSE clients on one thread and one epoll. Each expects the messages 1, 2, 3, ... in order.
///
/// Nothing happens in the background: clients connect, read and count only inside the calls below,
/// which also give the publisher its turns. Every wait throws `interruption` after Ctrl-C, and
/// `failure` if the server closes a connection. A gap that is announced is a loss like any other.
class swarm {
public:
    using clock = std::chrono::steady_clock;

    /// The publisher may be missing: then messages come to the server by other ways.
    swarm(swarm_options const& options, publisher* publisher);
    swarm(swarm const&) = delete;
    ~swarm();

    /// Returns when every client has the first bytes of its stream. `at_once`: so many connects are
    /// under way at the same time.
    void connect_all(std::size_t at_once = 256);

    /// Closes all connections with a reset, which leaves no TIME_WAIT behind. They may be connected
    /// again, and expect message 1 again.
    void disconnect_all() noexcept;

    /// Those who were disconnected come back, all at once, with these header fields in their
    /// requests, each of which ends in CRLF. They expect message `first`, or any if that is 0, and
    /// then what follows it. Waits for nothing.
    void come_back(std::string const& fields, std::uint32_t first);

    /// All have the first bytes of their stream, or just its head if the server does not greet.
    bool all_greeted() const noexcept { return greeted_ == clients_.size(); }

    /// How many clients lack the message `number`.
    std::size_t lacking(std::uint32_t number) const;

    /// Message `number` is or was published then: the latency of its deliveries counts from there.
    /// Numbers that were not announced have none.
    void expect(std::uint32_t number, clock::time_point published);

    /// Returns when every client has the message `number`.
    void await_message(std::uint32_t number);

    /// Reads what is there, and waits for nothing.
    void read_ready();

    /// Goes on reading until then.
    void linger_until(clock::time_point end);
    void linger(std::chrono::milliseconds duration) { linger_until(clock::now() + duration); }

    /// Bytes that each client has got since it connected: head, chunk framing and body.
    std::vector<std::uint64_t> received() const;

    /// Since the last `connect_all`.
    delivery_faults const& faults() const noexcept { return faults_; }

    /// Of the last event that the first client has got, see `Last-Event-ID`.
    std::string const& last_id() const noexcept { return ids_.last(); }

    /// Of deliveries of announced messages.
    latency_histogram const& latencies() const noexcept { return latencies_; }
    void forget_latencies() { latencies_ = {}; }

private:
    struct client {
        unique_fd socket;
        body_reader body;
        event_reader events;
        std::unique_ptr<stream_reader> reader;  ///< in place of that
        std::uint64_t received = 0;
        std::uint32_t next = 1;  ///< the message it expects next; 0: any
        bool requested = false;
        bool greeted = false;
    };

    std::string request_of(client const& self) const;
    void start_next();
    void send_request(client& self);
    void read(client& self);
    void read_body(client& self, std::string_view body, clock::time_point now);
    void greet(client& self);
    void count(client& self, std::uint32_t number, clock::time_point now);
    void handle(epoll_event const& event);
    bool poll(clock::time_point deadline);
    int handle_events(std::chrono::nanoseconds wait);
    void run_until(std::function<bool()> const& done, std::function<std::string()> const& missing);

    swarm_options options_;
    publisher* publisher_;
    std::string fields_;  // of the requests, besides those that all have
    unique_fd epoll_;
    std::vector<client> clients_;
    std::vector<char> buffer_;
    std::vector<std::uint32_t> numbers_;        // that a reader has just found
    std::vector<clock::time_point> published_;  // by message number
    std::size_t started_ = 0;
    std::size_t greeted_ = 0;
    std::size_t behind_ = 0;  // clients that do not have the message `wanted_` yet
    std::uint32_t wanted_ = 0;
    id_reader ids_;  // of the first client
    delivery_faults faults_;
    latency_histogram latencies_;
};

}  // namespace bench
