#pragma once

#include <fibercast/api.hpp>
#include <fibercast/runtime/detail/compact_fiber.hpp>
#include <fibercast/runtime/detail/remote_call.hpp>
#include <fibercast/runtime/worker.hpp>
#include <fibercast/runtime/worker_handle.hpp>

#include <concepts>
#include <cstddef>
#include <deque>
#include <span>
#include <vector>

namespace fibercast {

/// Runs `function(worker&)` in a fiber of each of these workers, all at the same time, and suspends
/// until the last has ended. Returns on how many it ran: not on those that have stopped. An
/// exception of one is thrown here when all have ended; `std::bad_alloc` also when nothing was
/// begun.
///
/// Takes no deadline, as `worker_handle::call` does not: give one to what the function waits for. A
/// compact fiber keeps the stage meanwhile.
template <std::invocable<worker&> F>
std::size_t for_each_worker(std::span<worker_handle const> homes, F const& function) {
    stage_hold const frames_stay;  // the function is the caller's
    auto body = [&function] { function(*worker::current()); };
    std::deque<remote_call_of<decltype(body)>> calls;
    std::vector<remote_call_of<decltype(body)>*> started;
    started.reserve(homes.size());
    for (std::size_t i = 0; i < homes.size(); ++i) calls.emplace_back(body);
    for (std::size_t i = 0; i < homes.size(); ++i) {
        if (homes[i].start(calls[i])) started.push_back(&calls[i]);
    }
    for (auto* const each : started) each->wait();
    for (auto* const each : started) each->take();
    return started.size();
}

}  // namespace fibercast
