#pragma once

#include "support/failure.hpp"

#include <chrono>
#include <concepts>
#include <string>
#include <thread>

/// How long a test waits for what should take no time. Long, as a busy machine is no failure.
inline constexpr std::chrono::seconds patience{20};

/// Asks until the answer is yes: for what nobody announces. Throws `failure` when the time is up.
template <std::predicate Condition>
void await(std::string const& what, Condition condition,
           std::chrono::milliseconds limit = patience) {
    auto const until = std::chrono::steady_clock::now() + limit;
    while (!condition()) {
        if (std::chrono::steady_clock::now() > until) throw failure("waited in vain: " + what);
        std::this_thread::yield();
    }
}
