#pragma once

#include <fibercast/runtime/deadline.hpp>
#include <fibercast/runtime/sleep.hpp>
#include <fibercast/runtime/worker.hpp>

#include <chrono>
#include <concepts>
#include <thread>

/// Waits for a condition that nobody announces, such as a state of the kernel. False: it has not
/// come true in a long time.
template <std::predicate Condition>
bool eventually(Condition condition) {
    auto const limit = fibercast::after(std::chrono::seconds(30));
    while (!condition()) {
        if (std::chrono::steady_clock::now() > limit) return false;
        if (fibercast::worker::current() != nullptr) {
            fibercast::yield();
        } else {
            std::this_thread::yield();
        }
    }
    return true;
}
