#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>

namespace fibercast {

/// Lets some lines through in ten seconds, for what a peer can make happen 40,000 times a second.
/// Any thread.
class log_throttle {
public:
    /// `lines` is at least 1.
    explicit log_throttle(std::int64_t lines) noexcept : lines_(lines) {}

    /// How often it has happened since the last line, when there is to be a line now: this time
    /// included, unless another thread's line has just counted it.
    std::optional<std::uint64_t> next() noexcept {
        times_.fetch_add(1, std::memory_order_relaxed);
        auto const now = clock::now().time_since_epoch();
        auto due = due_.load(std::memory_order_relaxed);
        if (now >= due && due_.compare_exchange_strong(due, now + interval)) {
            left_.store(lines_ - 1, std::memory_order_relaxed);
        } else if (left_.fetch_sub(1, std::memory_order_relaxed) <= 0) {
            return std::nullopt;
        }
        return times_.exchange(0, std::memory_order_relaxed);
    }

private:
    using clock = std::chrono::steady_clock;

    static constexpr clock::duration interval = std::chrono::seconds(10);

    std::int64_t const lines_;
    std::atomic<clock::duration> due_ = clock::duration::min();
    std::atomic<std::int64_t> left_ = 0;  // below 0: so many were not let through
    std::atomic<std::uint64_t> times_ = 0;
};

}  // namespace fibercast
