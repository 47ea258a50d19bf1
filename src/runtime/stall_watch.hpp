#pragma once

#include "log_throttle.hpp"
#include "run_queue_clock.hpp"
#include "turns.hpp"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace fibercast {

/// Says which fibers keep their workers, so that nothing else there runs: such as a handler that
/// blocks its thread by mistake.
///
/// A thread looks at all workers now and then whether they are still at the same turn. What a turn
/// costs, nobody measures. A worker that sleeps, that other threads keep from the processors, or whose
/// process is stopped, is kept by nobody.
class stall_watch {
public:
    using duration = std::chrono::steady_clock::duration;

    /// Counts the turns that last longer than this, and has a line for each in the log, up to ten in
    /// ten seconds.
    static constexpr duration long_turn = std::chrono::milliseconds(100);
    /// The line is written when the turn is over, or has lasted so long; then there is a second one
    /// when it is over.
    static constexpr duration very_long_turn = std::chrono::seconds(1);

    /// Both must outlive it. `stalls` may be null. Throws `std::system_error` or `std::bad_alloc`.
    stall_watch(std::vector<turns const*> const& workers, std::atomic<std::uint64_t>* stalls);
    ~stall_watch();
    stall_watch(stall_watch const&) = delete;
    stall_watch& operator=(stall_watch const&) = delete;

private:
    struct watched {
        turns const* noted;
        std::size_t index;
        std::uint32_t turn = 0;
        duration lasted{};  // the turn, as far as it was seen
        std::chrono::nanoseconds had_waited{};
        bool counted = false;
        bool told = false;
        std::string what = {};
    };

    void run();
    void look(watched& at, duration since) noexcept;
    void see_same_turn(watched& at, duration since);
    void tell(watched const& about, char const* state);

    std::atomic<std::uint64_t>* const stalls_;
    std::vector<watched> workers_;
    std::deque<run_queue_clock> clocks_;  // of the same workers
    log_throttle lines_{10};
    std::mutex mutex_;
    std::condition_variable ending_;
    bool ended_ = false;
    std::thread thread_;  // last: it uses all of the above
};

}  // namespace fibercast
