#pragma once

#include "body_reader.hpp"
#include "event_reader.hpp"
#include "line_writer.hpp"
#include "unique_fd.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
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

struct swarm_options {
    std::uint16_t port = 0;
    int clients = 0;
    std::chrono::milliseconds timeout{};  ///< for each wait; when it is over, the wait throws
};

/// Many SSE clients on one thread and one epoll. Each expects the messages 1, 2, 3, ... in order.
///
/// Nothing happens in the background: clients connect, read and count only inside the calls below,
/// which also pass pending lines on to the server.
class swarm {
public:
    swarm(swarm_options const& options, line_writer& server_input);
    swarm(swarm const&) = delete;
    ~swarm();

    /// Returns when every client has its first event.
    void connect_all();

    /// Returns when every client has the message `number`.
    void await_message(std::uint32_t number);

    /// Goes on reading for a while.
    void linger(std::chrono::milliseconds duration);

    /// Closes all connections with a reset, which leaves no TIME_WAIT behind.
    void disconnect_all() noexcept;

    delivery_faults const& faults() const noexcept { return faults_; }

private:
    using clock = std::chrono::steady_clock;

    struct client {
        unique_fd socket;
        body_reader body;
        event_reader events;
        std::uint32_t next = 1;  ///< the message it expects next
        bool requested = false;
        bool greeted = false;
    };

    void start_next();
    void send_request(client& self);
    void read(client& self);
    void count(client& self, std::uint32_t number);
    void handle(epoll_event const& event);
    bool poll(clock::time_point deadline);
    void run_until(std::function<bool()> const& done, std::function<std::string()> const& missing);

    swarm_options options_;
    line_writer& server_input_;
    std::string request_;
    unique_fd epoll_;
    std::vector<client> clients_;
    std::vector<char> buffer_;
    std::size_t started_ = 0;
    std::size_t greeted_ = 0;
    std::size_t behind_ = 0;  // clients that do not have the message `wanted_` yet
    std::uint32_t wanted_ = 0;
    delivery_faults faults_;
};

}  // namespace bench
