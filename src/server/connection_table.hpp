#pragma once

#include <fibercast/http/handler.hpp>
#include <fibercast/http/limits.hpp>
#include <fibercast/net/socket.hpp>
#include <fibercast/runtime/deadline.hpp>
#include <fibercast/runtime/fiber_group.hpp>
#include <fibercast/runtime/worker.hpp>

#include <boost/intrusive/list.hpp>

#include <atomic>
#include <cstddef>
#include <utility>

namespace fibercast {

/// The connections of one worker, each in a fiber that owns it. Belongs to that worker.
class connection_table {
public:
    /// `count` counts the connections of all workers, from their acceptance on.
    connection_table(worker& home, handler answer, http_limits const& limits,
                     std::atomic<std::size_t>& count)
        : home_(home),
          handler_(std::move(answer)),
          limits_(limits),
          count_(count),
          fibers_(home.stacks()) {}
    connection_table(connection_table const&) = delete;
    connection_table& operator=(connection_table const&) = delete;

    worker& home() const noexcept { return home_; }

    /// Owns `fd`, a connected socket, and serves it in a new fiber. Never suspends.
    void add(int fd) noexcept;

    /// Ends all connections: their input at once, so that they finish what they are at; all of them
    /// when the deadline has passed. Suspends until none is left. True: none had to be cut.
    bool drain(deadline until);

private:
    struct open_connection : boost::intrusive::list_base_hook<> {
        explicit open_connection(int fd) : socket(fd) {}
        fibercast::socket socket;
    };

    void serve(int fd);

    worker& home_;
    handler const handler_;
    http_limits const& limits_;
    std::atomic<std::size_t>& count_;
    bool draining_ = false;
    boost::intrusive::list<open_connection> open_;
    fiber_group fibers_;
};

}  // namespace fibercast
