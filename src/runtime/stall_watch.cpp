#include "stall_watch.hpp"

#include <fibercast/runtime/log.hpp>

#include <fmt/format.h>
#include <spdlog/logger.h>

#include <pthread.h>

#include <algorithm>
#include <exception>
#include <utility>

namespace fibercast {
namespace {

/// Short enough to see four times a turn that is only just long.
constexpr stall_watch::duration interval = std::chrono::milliseconds(25);

/// Between two looks no more time than this counts: when this thread itself came much later, the
/// whole process may have been stopped.
constexpr stall_watch::duration most_between = 2 * interval;

std::int64_t milliseconds(stall_watch::duration span) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(span).count();
}

}  // namespace

stall_watch::stall_watch(std::vector<turns const*> const& workers,
                         std::atomic<std::uint64_t>* stalls)
    : stalls_(stalls) {
    for (auto const* each : workers) {
        workers_.push_back({.noted = each, .index = workers_.size()});
        clocks_.emplace_back(each->thread());
    }
    thread_ = std::thread([this] { run(); });
}

stall_watch::~stall_watch() {
    {
        std::lock_guard const held(mutex_);
        ended_ = true;
    }
    ending_.notify_one();
    thread_.join();
}

void stall_watch::run() {
    ::pthread_setname_np(::pthread_self(), "stall-watch");
    auto last = std::chrono::steady_clock::now();
    std::unique_lock held(mutex_);
    while (!ending_.wait_for(held, interval, [this] { return ended_; })) {
        auto const now = std::chrono::steady_clock::now();
        auto const since = std::min(now - std::exchange(last, now), most_between);
        for (auto& each : workers_) look(each, since);
    }
}

void stall_watch::look(watched& at, duration since) noexcept try {
    auto const turn = at.noted->count();
    if (turn == at.turn && !at.noted->asleep()) return see_same_turn(at, since);
    auto const before = std::exchange(at, {.noted = at.noted, .index = at.index, .turn = turn});
    if (before.counted) tell(before, "was blocked");
} catch (std::exception const&) {  // no memory for a line
}

void stall_watch::see_same_turn(watched& at, duration since) {
    if (at.lasted == duration::zero()) at.had_waited = clocks_[at.index].waited();
    at.lasted += since;
    if (!at.counted && at.lasted > long_turn) {
        auto const waited = clocks_[at.index].waited() - at.had_waited;
        if (at.lasted - waited <= long_turn) return;
        at.counted = true;
        if (stalls_ != nullptr) stalls_->fetch_add(1, std::memory_order_relaxed);
        at.what = at.noted->activity_in(at.turn);
    }
    if (!at.counted || at.told || at.lasted < very_long_turn) return;
    at.told = true;
    tell(at, "is blocked");
}

void stall_watch::tell(watched const& about, char const* state) {
    auto const times = lines_.next();
    if (!times) return;
    auto const more = *times <= 1 ? "" : fmt::format(", the last of {} such lines", *times);
    log().warn("worker-{} {} for {} ms by {}{}", about.index, state, milliseconds(about.lasted),
               about.what.empty() ? "a fiber that runs no handler" : about.what, more);
}

}  // namespace fibercast
