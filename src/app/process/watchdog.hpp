#pragma once

#include <fibercast/runtime/worker_handle.hpp>

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace fibercast::app {

/// How often a service manager wants to hear of this process, from what it has put into
/// WATCHDOG_USEC and WATCHDOG_PID. Nothing: it does not, or means another process.
std::optional<std::chrono::microseconds> watchdog_time(std::string const& microseconds,
                                                       std::string const& process);

/// Says that every worker still serves. A thread of its own asks each of them for a turn, at once
/// and then every half of the time, and only when all have had theirs says so; as long as one does
/// not come to it, nothing is said.
class watchdog {
public:
    /// `alive` is called on that thread, and must not throw. Throws `std::system_error` without a
    /// thread.
    watchdog(std::vector<worker_handle> workers, std::chrono::microseconds time,
             std::function<void()> alive);

    /// Blocks until those who were asked have had their turn. Workers may have stopped before.
    ~watchdog();
    watchdog(watchdog const&) = delete;
    watchdog& operator=(watchdog const&) = delete;

private:
    void run();
    bool all_answer() const noexcept;

    std::vector<worker_handle> const workers_;
    std::chrono::microseconds const time_;
    std::function<void()> const alive_;
    std::mutex mutex_;
    std::condition_variable ending_;
    bool ended_ = false;
    std::thread thread_;  // last: it uses all of the above
};

}  // namespace fibercast::app
