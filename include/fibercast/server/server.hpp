#pragma once

#include <fibercast/http/limits.hpp>
#include <fibercast/http/router.hpp>
#include <fibercast/net/acceptor.hpp>
#include <fibercast/runtime/detail/stack_pool.hpp>

#include <boost/asio/ip/tcp.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

namespace fibercast {

/// What a server has done so far.
struct server_stats {
    std::size_t connections = 0;  ///< Open now.
    std::uint64_t accepted = 0;
    std::uint64_t pauses = 0;  ///< Times that accepting had to wait for descriptors or for room.
};

/// Accepts connections and serves each in a fiber of its own, which stays on one worker. Handlers
/// run in those fibers and may block.
///
/// All members may be called from any thread that is no worker, one call at a time; `stats` from
/// anywhere. What the handlers use must outlive the server.
class server {
public:
    struct options {
        std::string host =
            "127.0.0.1";            ///< A name or an address. "0.0.0.0" or "::" for all interfaces.
        std::uint16_t port = 8080;  ///< 0 picks a free port.
        unsigned workers = 0;       ///< 0: one for each usable processor.
        std::size_t max_connections = 0;  ///< More wait unaccepted. 0: as many as open files allow.
        std::size_t stack_size = default_stack_size;  ///< Of each fiber: address space, not memory.
        http_limits limits{};
        tcp_options connection{};
    };

    /// `routes` must outlive the server and stay as it is.
    server(router const& routes, options settings);
    explicit server(router const& routes) : server(routes, options{}) {}
    server(router const&&, options) = delete;
    explicit server(router const&&) = delete;

    static constexpr std::chrono::seconds default_patience{5};

    /// Stops with the default patience, if it runs.
    ~server();
    server(server const&) = delete;
    server& operator=(server const&) = delete;

    /// Listens, starts the workers and returns. Once. Raises the process's soft limit of open files
    /// to the hard one. Throws `std::system_error` when the address cannot be resolved or bound.
    void start();

    /// Ends what is running, politely: accepts no more, lets requests under way finish, lets
    /// streams write what they hold and their last chunk. After `patience` it cuts the connections
    /// that are left; then it waits for their handlers, which must not wait for anything else for
    /// ever. Returns whether nothing had to be cut. Idempotent.
    bool stop(std::chrono::steady_clock::duration patience = default_patience);

    /// The address it listens on, after `start`.
    boost::asio::ip::tcp::endpoint address() const;
    std::size_t workers() const noexcept;
    std::size_t max_connections() const noexcept;
    server_stats stats() const noexcept;

private:
    struct running;

    router const& routes_;
    options settings_;
    std::unique_ptr<running> running_;
};

}  // namespace fibercast
