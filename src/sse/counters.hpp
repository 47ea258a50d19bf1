#pragma once

#include <fibercast/sse/end_reason.hpp>
#include <fibercast/sse/hub_stats.hpp>

#include <boost/intrusive/list.hpp>

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>

namespace fibercast {

/// Counted by one thread, read by any: costs the one no more than a plain number.
class counter {
public:
    void add(std::uint64_t some) noexcept {
        count_.store(value() + some, std::memory_order_relaxed);
    }
    void subtract(std::uint64_t some) noexcept {
        count_.store(value() - some, std::memory_order_relaxed);
    }
    std::uint64_t value() const noexcept { return count_.load(std::memory_order_relaxed); }

private:
    std::atomic<std::uint64_t> count_ = 0;
};

/// What one worker counts for a hub.
struct counters : boost::intrusive::list_base_hook<> {
    counter joined;
    counter sent;
    counter heartbeats;
    counter dropped;
    counter replayed;
    counter resumed;
    counter fell_behind;
    counter gaps;
    counter compressed;
    counter compressed_from;
    counter compressed_to;
    // These two go up and down.
    counter behind;
    counter held_bytes;
    std::array<counter, end_reasons> ended;

    hub_stats stats() const noexcept;
};

/// All counters of a hub, and what those have counted whose workers are gone. Any thread.
class ledger {
public:
    void open(counters& of_a_worker) noexcept;
    /// Keeps what was counted.
    void close(counters& of_a_worker) noexcept;
    hub_stats sum() const noexcept;
    /// How many workers count at the moment.
    std::size_t workers() const noexcept { return workers_.load(std::memory_order_relaxed); }

private:
    mutable std::mutex mutex_;
    boost::intrusive::list<counters> open_;
    hub_stats closed_;
    std::atomic<std::size_t> workers_ = 0;
};

}  // namespace fibercast
