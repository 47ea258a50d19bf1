#include "support/with_workers.hpp"

#include <fibercast/runtime/compact.hpp>
#include <fibercast/runtime/detail/parking_spot.hpp>
#include <fibercast/runtime/fiber_group.hpp>
#include <fibercast/runtime/one_shot.hpp>
#include <fibercast/runtime/sleep.hpp>

#include <algorithm>
#include <chrono>
#include <memory>
#include <vector>

using fibercast::after;
using fibercast::compact;
using fibercast::fiber_group;
using fibercast::worker;
using namespace std::chrono_literals;

TEST_CASE_METHOD(with_workers, "a compact fiber sleeps, and others run meanwhile") {
    on_worker(0, [] {
        fiber_group fibers(worker::current()->stacks());
        std::vector<int> order;
        auto const start = std::chrono::steady_clock::now();
        for (int const wait : {30, 10, 20}) {
            fibers.spawn(compact, [&order, wait] {
                fibercast::sleep_for(std::chrono::milliseconds(wait));
                order.push_back(wait);
            });
        }
        fibers.spawn(compact, [&order] { order.push_back(0); });
        fibers.join();
        CHECK(order == std::vector{0, 10, 20, 30});
        CHECK(std::chrono::steady_clock::now() - start >= 30ms);
    });
}

TEST_CASE_METHOD(with_workers, "a compact fiber that yields lets all others have a turn") {
    on_worker(0, [] {
        fiber_group fibers(worker::current()->stacks());
        std::vector<int> order;
        bool stop = false;
        fibers.spawn(compact, [&] {
            while (!stop) {
                order.push_back(1);
                fibercast::yield();
            }
        });
        fibers.spawn([&] {
            for (int i = 0; i < 3; ++i) {
                order.push_back(2);
                fibercast::yield();
            }
            stop = true;
        });
        fibers.join();
        CHECK(std::count(order.begin(), order.end(), 2) == 3);
        CHECK(std::count(order.begin(), order.end(), 1) <= 5);
    });
}

TEST_CASE_METHOD(with_workers, "a compact fiber parks until it is woken, or its deadline") {
    on_worker(0, [] {
        fiber_group fibers(worker::current()->stacks());
        fibercast::parking_spot spot;
        std::vector<bool> woken;
        fibers.spawn(compact, [&] {
            woken.push_back(spot.park());
            woken.push_back(spot.park(after(1h)));
            woken.push_back(spot.park(after(5ms)));
            woken.push_back(spot.park(fibercast::deadline{}));
        });
        fibercast::yield();
        for (int i = 0; i < 2; ++i) {
            CHECK(spot.occupied());
            spot.unpark();
            spot.unpark();
            CHECK_FALSE(spot.occupied());
            fibercast::yield();
        }
        fibers.join();
        CHECK(woken == std::vector{true, true, false, false});
        CHECK_FALSE(spot.occupied());
    });
}

TEST_CASE_METHOD(with_workers, "an unpark after a compact fiber's deadline is no wake-up") {
    on_worker(0, [] {
        fiber_group fibers(worker::current()->stacks());
        fibercast::parking_spot spot;
        auto const deadline = after(5ms);
        std::vector<bool> woken;
        // Both become ready in the same round, the one that parks first.
        fibers.spawn(compact, [&] { woken.push_back(spot.park(deadline)); });
        fibers.spawn(compact, [&] {
            fibercast::sleep_until(deadline + 1us);
            woken.push_back(true);
        });
        fibers.spawn(compact, [&] {
            fibercast::sleep_until(deadline - 1us);
            while (std::chrono::steady_clock::now() < deadline + 1ms) continue;
            fibercast::yield();
            spot.unpark();
        });
        fibers.join();
        CHECK(woken == std::vector{false, true});
    });
}

TEST_CASE_METHOD(with_workers, "a compact fiber joins a group of its own, and has one_shots set") {
    on_worker(0, [&] {
        fiber_group fibers(worker::current()->stacks());
        int ended = 0;
        fibers.spawn(compact, [&ended] {
            auto const happened = std::make_unique<fibercast::one_shot>();
            fiber_group own(worker::current()->stacks());
            for (int i = 0; i < 3; ++i) {
                own.spawn([&ended = ended] {
                    fibercast::sleep_for(1ms);
                    ++ended;
                });
                own.spawn(compact, [&ended = ended] {
                    fibercast::sleep_for(1ms);
                    ++ended;
                });
            }
            own.spawn(compact, [it = happened.get()] { it->set(); });
            CHECK(happened->wait());
            CHECK_FALSE(own.join(after(0ms)));
            CHECK(own.join());
            CHECK(ended == 6);
            ++ended;
        });
        fibers.join();
        CHECK(ended == 7);
    });
}
