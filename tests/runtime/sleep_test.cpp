#include "support/sanitizer.hpp"
#include "support/with_workers.hpp"

#include <fibercast/runtime/fiber_group.hpp>
#include <fibercast/runtime/sleep.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <optional>
#include <thread>
#include <vector>

using fibercast::after;
using fibercast::fiber_group;
using fibercast::worker;
using namespace std::chrono_literals;
using clock_type = std::chrono::steady_clock;

TEST_CASE_METHOD(with_workers, "fibers wake in the order of their times and not before") {
    std::vector<int> log;
    on_worker(0, [&] {
        fiber_group fibers(worker::current()->stacks());
        auto const start = clock_type::now();
        for (int const delay : {30, 10, 50, 20, 40}) {
            fibers.spawn([&, delay] {
                fibercast::sleep_until(start + std::chrono::milliseconds(delay));
                CHECK(clock_type::now() >= start + std::chrono::milliseconds(delay));
                log.push_back(delay);
            });
        }
        fibers.join();
    });
    CHECK(log == std::vector{10, 20, 30, 40, 50});
}

TEST_CASE_METHOD(with_workers, "a time that has passed is not slept for") {
    on_worker(0, [] {
        auto const start = clock_type::now();
        fibercast::sleep_for(0s);
        fibercast::sleep_for(-1h);
        fibercast::sleep_until(fibercast::deadline{});
        CHECK(clock_type::now() - start < 10s);
    });
}

TEST_CASE("a thread that is no worker sleeps too") {
    auto const start = clock_type::now();
    fibercast::sleep_for(5ms);
    CHECK(clock_type::now() - start >= 5ms);
}

TEST_CASE_METHOD(with_workers, "10000 fibers sleep at once") {
    // ThreadSanitizer counts a fiber as a thread, and has room for about 8,000 of them.
    constexpr int fibers_each = under_thread_sanitizer ? 500 : 5'000;
    auto const start = clock_type::now();
    std::array<std::optional<fiber_group>, 2> groups;
    std::array<int, 2> awake{};
    for (std::size_t i = 0; i < 2; ++i) {
        on_worker(i, [&] {
            groups[i].emplace(worker::current()->stacks());
            for (int j = 0; j < fibers_each; ++j) {
                groups[i]->spawn([&count = awake[i]] {
                    fibercast::sleep_for(1s);
                    ++count;
                });
            }
        });
    }
    for (std::size_t i = 0; i < 2; ++i) on_worker(i, [&] { groups[i]->join(); });
    auto const took = clock_type::now() - start;
    CHECK(awake == std::array{fibers_each, fibers_each});
    CHECK(took >= 1s);
    CHECK(took < (under_address_sanitizer || under_thread_sanitizer ? 30s : 3s));
}
