#pragma once

#include "app/process/event_flag.hpp"

#include <fibercast/server/server.hpp>
#include <fibercast/sse/hub.hpp>

#include <chrono>
#include <mutex>
#include <string>

namespace fibercast::app {

/// What the console page shows of the server, as one object of JSON. It is made at most twice in a
/// second, however many pages ask.
class console_state {
public:
    /// All of them must outlive it. `stopping`: the server has been told to stop.
    console_state(hub const& clients, server const& serving, event_flag const& stopping);

    /// Any thread; does not wait. After the server's start.
    std::string now();

private:
    std::string make(std::chrono::steady_clock::time_point at) const;

    hub const& clients_;
    server const& serving_;
    event_flag const& stopping_;
    // Whether two states are of one process is seen by it.
    std::chrono::system_clock::time_point const started_ = std::chrono::system_clock::now();
    std::chrono::steady_clock::time_point const start_ = std::chrono::steady_clock::now();
    std::mutex mutex_;
    std::string text_;
    std::chrono::steady_clock::time_point made_{};
};

}  // namespace fibercast::app
