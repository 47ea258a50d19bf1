#pragma once

#include "connection_table.hpp"

#include <fibercast/net/acceptor.hpp>
#include <fibercast/runtime/detail/parking_spot.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace fibercast {

/// Accepts connections and deals them out to the workers in turn. Belongs to one worker.
class listener {
public:
    using tables = std::vector<std::unique_ptr<connection_table>>;

    /// `count` is what the connections count themselves out of; at `max` accepting pauses.
    listener(listening_socket& from, tables const& to, std::atomic<std::size_t>& count,
             std::size_t max)
        : acceptor_(from), tables_(to), count_(count), max_(max) {}

    /// Accepts until `close`; suspends.
    void run();

    /// Ends `run`.
    void close() noexcept;

    /// Any thread.
    std::uint64_t accepted() const noexcept { return accepted_.load(std::memory_order_relaxed); }
    std::uint64_t pauses() const noexcept { return pauses_.load(std::memory_order_relaxed); }

private:
    void deal(int fd);
    void pause(char const* reason);
    void resumed();

    acceptor acceptor_;
    tables const& tables_;
    std::atomic<std::size_t>& count_;
    std::size_t const max_;
    std::size_t next_ = 0;
    bool closed_ = false;
    bool paused_ = false;
    bool reported_ = false;  // the pause is in the log, so its end belongs there too
    deadline next_report_{};
    parking_spot pause_;
    std::atomic<std::uint64_t> accepted_ = 0;
    std::atomic<std::uint64_t> pauses_ = 0;
};

}  // namespace fibercast
