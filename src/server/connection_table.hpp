#pragma once

#include "served_connection.hpp"
#include "server_counters.hpp"

#include <fibercast/http/handler.hpp>
#include <fibercast/runtime/deadline.hpp>
#include <fibercast/runtime/fiber_group.hpp>
#include <fibercast/runtime/one_shot.hpp>
#include <fibercast/runtime/wake_up.hpp>
#include <fibercast/runtime/worker.hpp>
#include <fibercast/server/endpoint.hpp>

#include <mutex>
#include <optional>
#include <vector>

namespace fibercast {

/// The connections of one endpoint on one worker, each in a fiber that owns it.
///
/// What stopping needs is there from the start: without memory there would be no ending otherwise.
class connection_table {
public:
    /// All of these must outlive the table.
    connection_table(worker& home, endpoint const& at, handler const& answer,
                     server_counters& counters)
        : home_(home),
          at_(at),
          answer_(answer),
          counters_(counters),
          fibers_(home.stacks()),
          arrived_(home, [this] { serve_arrivals(); }) {}
    connection_table(connection_table const&) = delete;
    connection_table& operator=(connection_table const&) = delete;

    /// No worker, once, before anything else; the two of draining must follow.
    void start();

    /// Any thread. Owns `fd`, a connected socket that is counted already, and serves it in a new
    /// fiber of the home worker; closes it and counts it out when there is no memory for that.
    /// Never suspends.
    void add(int fd) noexcept;

    /// Asks for the end of all connections, when no more are added: their input ends at once, so
    /// that they finish what they are at; what is left at the deadline is cut. No worker, once. Does
    /// nothing when `start` has failed, and nor does `wait_drained`.
    void begin_drain(deadline until) noexcept;
    /// Blocks until none is left. Returns whether none had to be cut.
    bool wait_drained() noexcept;

private:
    void serve_arrivals() noexcept;
    void serve(int fd) noexcept;
    void refuse(int fd) noexcept;
    void drain() noexcept;

    worker& home_;
    endpoint const& at_;
    handler const& answer_;
    server_counters& counters_;

    std::mutex mutex_;
    std::vector<int> arrivals_;  // dealt to this worker by another one, which must not wait
    std::vector<int> taken_;     // of them; the home worker's

    served_connection::list open_;
    fiber_group fibers_;
    wake_up arrived_;
    std::optional<one_shot> asked_to_drain_;  // made on the home worker, where it is waited for
    std::optional<one_shot> drained_;
    deadline until_{};
    bool started_ = false;
    bool draining_ = false;
    bool cut_ = false;
};

}  // namespace fibercast
