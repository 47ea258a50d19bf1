#include "support/with_workers.hpp"

#include <fibercast/runtime/fiber_group.hpp>
#include <fibercast/runtime/sleep.hpp>

#include <boost/asio/steady_timer.hpp>

#include <atomic>
#include <functional>
#include <thread>

using fibercast::fiber_group;
using fibercast::worker;
using namespace std::chrono_literals;

TEST_CASE_METHOD(with_workers, "fibers that only yield do not keep another from waking in time") {
    on_worker(0, [] {
        bool awake = false;
        fiber_group fibers(worker::current()->stacks());
        fibers.spawn([&] {
            fibercast::sleep_for(10ms);
            awake = true;
        });
        for (int i = 0; i < 3; ++i) {
            fibers.spawn([&] {
                while (!awake) fibercast::yield();
            });
        }
        fibers.join();
        CHECK(awake);
    });
}

TEST_CASE_METHOD(with_workers,
                 "a fiber that only yields does not keep the event loop from running") {
    on_worker(0, [] {
        bool posted = false;
        bool expired = false;
        boost::asio::steady_timer timer(worker::current()->io(), 1ms);
        timer.async_wait([&](auto) { expired = true; });
        worker::current()->post([&] { posted = true; });
        while (!posted || !expired) fibercast::yield();
        CHECK(posted);
    });
}

TEST_CASE_METHOD(with_workers, "a fiber that only yields does not keep calls from coming in") {
    std::atomic<bool> done = false;
    std::thread other([&] {
        for (int i = 0; i < 100; ++i) on_worker(0, [] {});
        done = true;
    });
    on_worker(0, [&] {
        while (!done) fibercast::yield();
    });
    other.join();
}

TEST_CASE_METHOD(with_workers,
                 "an event loop that is never idle does not keep fibers from running") {
    on_worker(0, [] {
        bool done = false;
        long events = 0;
        std::function<void()> again = [&] {
            ++events;
            if (!done) worker::current()->post(again);
        };
        again();
        for (int i = 0; i < 1'000; ++i) fibercast::yield();
        fibercast::sleep_for(1ms);
        done = true;
        fibercast::sleep_for(1ms);
        CHECK(events > 1);
    });
}
