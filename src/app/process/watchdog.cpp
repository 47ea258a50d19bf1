#include "watchdog.hpp"

#include "app/text/number.hpp"

#include <fibercast/runtime/for_each_worker.hpp>
#include <fibercast/runtime/log.hpp>

#include <spdlog/logger.h>

#include <unistd.h>

#include <cstdint>
#include <exception>
#include <limits>
#include <utility>

namespace fibercast::app {

std::optional<std::chrono::microseconds> watchdog_time(std::string const& microseconds,
                                                       std::string const& process) {
    auto const time = parse_number<std::int64_t>(microseconds, 1, INT64_MAX);
    auto const meant = parse_number<pid_t>(process, 1, std::numeric_limits<pid_t>::max());
    if (!time || (!process.empty() && meant != ::getpid())) return std::nullopt;
    return std::chrono::microseconds(*time);
}

watchdog::watchdog(std::vector<worker_handle> workers, std::chrono::microseconds time,
                   std::function<void()> alive)
    : workers_(std::move(workers)),
      time_(time),
      alive_(std::move(alive)),
      thread_([this] { run(); }) {}

watchdog::~watchdog() {
    {
        std::lock_guard const lock(mutex_);
        ended_ = true;
    }
    ending_.notify_one();
    thread_.join();
}

void watchdog::run() {
    std::unique_lock lock(mutex_);
    while (!ended_) {
        lock.unlock();
        auto const next = after(time_ / 2);
        if (all_answer()) alive_();
        lock.lock();
        ending_.wait_until(lock, next, [this] { return ended_; });
    }
}

/// Those that have stopped have nothing to answer: then the process is about to end.
bool watchdog::all_answer() const noexcept {
    try {
        for_each_worker(workers_, [](worker const&) {});
        return true;
    } catch (std::exception const& failure) {  // no memory for a fiber: nobody is served either
        log().warn("a worker cannot answer the watchdog: {}", failure.what());
        return false;
    }
}

}  // namespace fibercast::app
