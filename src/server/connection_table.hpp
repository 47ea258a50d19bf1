#pragma once

#include "served_connection.hpp"
#include "server_counters.hpp"

#include "http1/serving.hpp"

#include <fibercast/http/handler.hpp>
#include <fibercast/runtime/deadline.hpp>
#include <fibercast/runtime/detail/parking_spot.hpp>
#include <fibercast/runtime/one_shot.hpp>
#include <fibercast/runtime/wake_up.hpp>
#include <fibercast/runtime/worker.hpp>
#include <fibercast/server/endpoint.hpp>

#include <cstddef>
#include <mutex>
#include <optional>
#include <vector>

namespace fibercast {

/// The connections of one endpoint on one worker.
///
/// What stopping needs is there from the start: without memory there would be no ending otherwise.
class connection_table final : private served_connection::owner {
public:
    /// All of these must outlive the table.
    connection_table(worker& home, endpoint const& at, handler const& answer,
                     server_counters& counters)
        : home_(home),
          how_{answer, at.limits, counters.requests},
          counters_(counters),
          arrived_(home, [this] { serve_arrivals(); }) {}
    connection_table(connection_table const&) = delete;
    connection_table& operator=(connection_table const&) = delete;

    /// No worker, once, before anything else; the two of draining must follow.
    void start();

    /// Any thread. Owns `fd`, a connected socket that is counted already, and has it served on the
    /// home worker; closes it and counts it out when there is no memory for that.
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
    void connection_ended() noexcept override;
    void count_out() noexcept;
    void refuse(int fd) noexcept;
    /// Suspends until no connection is left (true) or the deadline has passed.
    bool wait_empty(deadline until) noexcept;
    void drain() noexcept;

    worker& home_;
    serving const how_;
    server_counters& counters_;

    std::mutex mutex_;
    std::vector<int> arrivals_;  // dealt to this worker by another one, which must not wait
    std::vector<int> taken_;     // of them; the home worker's

    served_connection::list open_;
    std::size_t size_ = 0;  // of that
    parking_spot emptied_;
    wake_up arrived_;
    std::optional<one_shot> asked_to_drain_;  // made on the home worker, where it is waited for
    std::optional<one_shot> drained_;
    deadline until_{};
    bool started_ = false;
    bool draining_ = false;
    bool cut_ = false;
};

}  // namespace fibercast
