#pragma once

#include "connection_table.hpp"
#include "listener.hpp"

#include <fibercast/runtime/worker_pool.hpp>

#include <deque>
#include <mutex>
#include <vector>

namespace fibercast {

/// An endpoint of a server that runs: its listening sockets, and its connections on every worker.
/// No member is for workers.
class open_endpoint {
public:
    /// Binds its addresses; throws as `bind_to` does. All of these must outlive it.
    open_endpoint(endpoint const& at, handler const& answer, server_counters& counters);

    std::size_t extra_connections() const noexcept { return at_.extra_connections; }
    std::vector<socket_address> const& addresses() const noexcept { return addresses_; }

    /// Prepares the workers.
    void start(worker_pool& workers);
    /// Accepts from now on, up to `max` connections of the server and what this one has beyond.
    void listen(std::size_t max);

    /// Accepts no more when it returns. Idempotent, and for several threads at once.
    void stop_accepting() noexcept;

    /// Accepts no more, ends the connections and blocks until there is none; cuts those that are
    /// left at the deadline. Returns whether none was. Also what has only half started.
    bool drain(deadline until) noexcept;

private:
    endpoint const& at_;
    handler const& answer_;
    server_counters& counters_;
    std::vector<listening_socket> sockets_;
    std::vector<socket_address> addresses_;
    std::deque<connection_table> tables_;
    std::deque<listener> listeners_;
    std::once_flag accepts_no_more_;
};

}  // namespace fibercast
