#include "support/with_workers.hpp"

#include <fibercast/runtime/detail/parking_spot.hpp>
#include <fibercast/runtime/sleep.hpp>

#include <chrono>
#include <optional>

using fibercast::after;
using fibercast::parking_spot;
using fibercast::worker;
using namespace std::chrono_literals;
using clock_type = std::chrono::steady_clock;

TEST_CASE_METHOD(with_workers, "unpark wakes the parked fiber") {
    auto const deadline = GENERATE(as<fibercast::deadline>(), fibercast::never, after(1h));
    on_worker(0, [&] {
        parking_spot spot;
        std::optional<bool> woken;
        fibercast::fiber_group fibers(worker::current()->stacks());
        fibers.spawn([&] { woken = spot.park(deadline); });
        fibercast::yield();
        CHECK(spot.occupied());
        CHECK_FALSE(woken);
        spot.unpark();
        CHECK_FALSE(woken);  // made ready, not run
        CHECK_FALSE(spot.occupied());
        fibers.join();
        CHECK(woken == true);
    });
}

TEST_CASE_METHOD(with_workers, "park gives up at its deadline") {
    on_worker(0, [] {
        parking_spot spot;
        auto const deadline = after(20ms);
        CHECK_FALSE(spot.park(deadline));
        CHECK(clock_type::now() >= deadline);
        CHECK_FALSE(spot.occupied());
        CHECK_FALSE(spot.park(clock_type::now() - 1s));
        CHECK_FALSE(spot.park(fibercast::deadline{}));
    });
}

TEST_CASE_METHOD(with_workers, "unpark is not remembered") {
    on_worker(0, [] {
        parking_spot spot;
        spot.unpark();
        CHECK_FALSE(spot.park(after(1ms)));
    });
}

TEST_CASE_METHOD(with_workers, "a second unpark does nothing") {
    on_worker(0, [] {
        parking_spot spot;
        int wakes = 0;
        fibercast::fiber_group fibers(worker::current()->stacks());
        fibers.spawn([&] {
            while (spot.park(after(5ms))) ++wakes;
        });
        fibercast::yield();
        spot.unpark();
        spot.unpark();
        spot.unpark();
        fibers.join();
        CHECK(wakes == 1);
    });
}

TEST_CASE_METHOD(with_workers, "an unpark after the deadline does not count as a wake-up") {
    on_worker(0, [] {
        parking_spot spot;
        auto const deadline = after(5ms);
        std::optional<bool> woken;
        bool late_unpark = false;
        fibercast::fiber_group fibers(worker::current()->stacks());
        // Both become ready in the same round, the sleeper first, because its time comes first.
        fibers.spawn([&] { woken = spot.park(deadline); });
        fibers.spawn([&] {
            fibercast::sleep_until(deadline - 1us);
            late_unpark = !woken.has_value();
            spot.unpark();
        });
        fibercast::yield();
        while (clock_type::now() < deadline + 1ms) continue;  // keeps the worker busy past both
        fibers.join();
        CHECK(late_unpark);
        CHECK(woken == false);
        CHECK_FALSE(spot.park(after(1ms)));  // and it can be used again
    });
}

TEST_CASE_METHOD(with_workers, "a fiber can be parked and woken very often") {
    constexpr int rounds = 20'000;
    on_worker(0, [&] {
        parking_spot ping;
        parking_spot pong;
        int count = 0;
        fibercast::fiber_group fibers(worker::current()->stacks());
        fibers.spawn([&] {
            while (count < rounds) {
                ping.park();
                pong.unpark();
            }
        });
        fibercast::yield();
        for (; count < rounds; ++count) {
            ping.unpark();
            pong.park(after(1h));
        }
        ping.unpark();
        fibers.join();
        CHECK(count == rounds);
    });
}
