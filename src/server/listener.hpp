#pragma once

#include "connection_table.hpp"

#include "net/acceptor.hpp"

#include <fibercast/runtime/detail/parking_spot.hpp>

#include <cstddef>
#include <deque>
#include <optional>

namespace fibercast {

/// Accepts connections on one listening socket and deals them out to the workers in turn.
class listener {
public:
    using tables = std::deque<connection_table>;

    /// Accepts in a fiber of `home`. All of these must outlive the listener.
    listener(worker& home, tables& to, server_counters& counters)
        : home_(home), tables_(to), counters_(counters), closing_(home, [this] { close_here(); }) {}

    /// At `max` connections of the server accepting pauses. No worker, once; `close` must follow.
    void start(listening_socket& from, std::size_t max);

    /// Ends accepting and blocks until that has ended, if it has started. No worker, once.
    void close() noexcept;

private:
    void accept() noexcept;
    void close_here() noexcept;
    void deal(int fd);
    void pause(char const* reason);
    void resumed();

    worker& home_;
    tables& tables_;
    server_counters& counters_;
    std::size_t max_ = 0;
    std::optional<acceptor> acceptor_;
    std::optional<one_shot> ended_;
    wake_up closing_;
    std::size_t next_ = 0;
    bool started_ = false;
    bool closed_ = false;
    bool paused_ = false;
    bool reported_ = false;  // the pause is in the log, so its end belongs there too
    deadline next_report_{};
    parking_spot pause_;
};

}  // namespace fibercast
