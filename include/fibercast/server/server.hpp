#pragma once

#include <fibercast/api.hpp>
#include <fibercast/http/handler.hpp>
#include <fibercast/runtime/deadline.hpp>
#include <fibercast/runtime/detail/stack_pool.hpp>
#include <fibercast/runtime/socket_address.hpp>
#include <fibercast/runtime/worker_handle.hpp>
#include <fibercast/server/endpoint.hpp>
#include <fibercast/server/server_stats.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace fibercast {

struct server_counters;

/// Accepts connections on one or more endpoints and serves each on one worker: in a fiber while there
/// is something to do, and without one while it waits. Handlers run in fibers and may block.
///
/// All members may be called from any thread that is no worker, one call at a time, but after
/// `start` `stop_accepting` at any time; `stats` from anywhere at any time, and what only reads also
/// from handlers. Misuse throws `std::logic_error`. What the handlers use must outlive the server.
class FIBERCAST_API server {
public:
    struct options {
        /// Of the first endpoint; see `endpoint`.
        std::string host = "127.0.0.1";
        std::uint16_t port = 8080;

        /// 0: one for each usable processor.
        unsigned workers = 0;
        /// On all endpoints; more wait unaccepted. 0: as many as open files allow.
        std::size_t max_connections = 0;
        /// Of each fiber: address space, not memory.
        std::size_t stack_size = default_stack_size;
        /// Of a fiber while it runs a handler; see `on_handler_stack`.
        std::size_t handler_stack_size = default_handler_stack_size;
        /// How many `blocking()` calls run at once; the rest queue.
        unsigned side_threads = 16;

        /// Of the first endpoint.
        http_limits limits{};
        tcp_options tcp{};
        std::vector<int> sockets = {};
    };

    /// Answers with `answer`, such as a `router`, of which it keeps a copy: the routes are those of
    /// now.
    server(handler answer, options settings);
    explicit server(handler answer) : server(std::move(answer), options{}) {}

    static constexpr std::chrono::seconds default_patience{5};

    /// Stops with the default patience, if it runs. Not in a handler.
    ~server();
    server(server const&) = delete;
    server& operator=(server const&) = delete;

    /// Adds an endpoint with a handler of its own, before `start`; the same workers serve it.
    /// Returns its number; the first one's is 0.
    std::size_t listen(endpoint at, handler answer);

    /// Listens, starts the workers and returns. Once, unless it throws: then nothing is left
    /// running. Raises the process's soft limit of open files to the hard one. Throws
    /// `std::system_error`, which names host and port, or the descriptor, when the address cannot be
    /// resolved or bound.
    void start();

    /// Ends what is running, politely: accepts no more, lets requests under way finish, lets
    /// streams write what they hold and their last chunk. After `patience` it cuts the connections
    /// that are left; then it waits for their handlers, which must not wait for anything else for
    /// ever. Returns whether nothing had to be cut. Idempotent. Not in a handler, which it would
    /// wait for.
    ///
    /// Endpoints drain in the order they were added, one after the other: one for operators, added
    /// last, answers until the others have drained. An endpoint whose turn comes when the patience
    /// has passed has a tenth of a second.
    template <typename Rep, typename Period>
    bool stop(std::chrono::duration<Rep, Period> patience) {
        return stop_until(after(patience));
    }
    bool stop();

    /// An endpoint accepts no more when this returns; what is open there goes on. For who wants to
    /// end its streams over time (`hub::drain`) before `stop`, while others, such as the operators'
    /// endpoint, are served as before. Idempotent, on any number of threads at once and while
    /// another one is in `stop`. Not in a handler.
    void stop_accepting(std::size_t number = 0);

    /// The addresses that an endpoint listens on, after `start`: several when its host is a name
    /// that has several.
    std::vector<socket_address> addresses(std::size_t number = 0) const;
    /// The first of them.
    socket_address address(std::size_t number = 0) const { return addresses(number).front(); }

    /// After `start`.
    std::size_t workers() const;
    /// To reach its workers, also when they have stopped; may be kept after the server.
    std::vector<worker_handle> worker_handles() const;
    std::size_t max_connections() const;

    server_stats stats() const noexcept;

private:
    struct served_endpoint {
        endpoint at;
        handler answer;
    };
    struct FIBERCAST_HIDDEN running;

    bool stop_until(deadline until);
    running const& started() const;

    options settings_;
    std::vector<served_endpoint> endpoints_;
    std::unique_ptr<server_counters> counters_;
    std::unique_ptr<running> running_;
};

}  // namespace fibercast
