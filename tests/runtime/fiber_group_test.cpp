#include "support/captured_log.hpp"
#include "support/with_workers.hpp"

#include <fibercast/runtime/fiber_group.hpp>
#include <fibercast/runtime/sleep.hpp>

#include <chrono>
#include <stdexcept>
#include <vector>

using fibercast::after;
using fibercast::fiber_group;
using fibercast::worker;
using namespace std::chrono_literals;

TEST_CASE_METHOD(with_workers, "a spawned fiber starts when its spawner suspends") {
    std::vector<int> log;
    on_worker(0, [&] {
        fiber_group fibers(worker::current()->stacks());
        for (int i = 1; i <= 3; ++i) fibers.spawn([&log, i] { log.push_back(i); });
        log.push_back(0);
        CHECK(fibers.size() == 3);
        CHECK(fibers.join());
        CHECK(fibers.size() == 0);
    });
    CHECK(log == std::vector{0, 1, 2, 3});
}

TEST_CASE_METHOD(with_workers, "joining an empty group returns at once") {
    on_worker(0, [] {
        fiber_group fibers(worker::current()->stacks());
        CHECK(fibers.join());
        CHECK(fibers.join(fibercast::deadline{}));
    });
}

TEST_CASE_METHOD(with_workers, "joining gives up at its deadline and can be tried again") {
    on_worker(0, [] {
        fiber_group fibers(worker::current()->stacks());
        fibercast::parking_spot spot;
        fibers.spawn([&] { spot.park(); });
        fibers.spawn([] {});
        CHECK_FALSE(fibers.join(after(5ms)));
        CHECK(fibers.size() == 1);
        spot.unpark();
        CHECK(fibers.join(after(1h)));
    });
}

TEST_CASE_METHOD(with_workers, "joining waits for fibers that were spawned meanwhile") {
    int ended = 0;
    on_worker(0, [&] {
        fiber_group fibers(worker::current()->stacks());
        fibers.spawn([&] {
            fibercast::yield();
            for (int i = 0; i < 3; ++i) {
                fibers.spawn([&] {
                    fibercast::sleep_for(1ms);
                    ++ended;
                });
            }
        });
        CHECK(fibers.join());
        CHECK(ended == 3);
    });
}

TEST_CASE_METHOD(with_workers, "an exception ends its fiber only and is logged") {
    captured_log log;
    bool other_ended = false;
    on_worker(0, [&] {
        fiber_group fibers(worker::current()->stacks());
        fibers.spawn([] { throw std::runtime_error("the disk is full"); });
        fibers.spawn([] { throw 42; });
        fibers.spawn([&] {
            fibercast::yield();
            other_ended = true;
        });
        CHECK(fibers.join());
    });
    CHECK(other_ended);
    CHECK(log.text() ==
          "error: a fiber ended by an exception: \"the disk is full\"\n"
          "error: a fiber ended by an exception of an unknown type\n");
}

TEST_CASE_METHOD(with_workers, "what a fiber has captured is destroyed when it ends") {
    auto const captured = std::make_shared<int>(1);
    on_worker(0, [&] {
        fiber_group fibers(worker::current()->stacks());
        fibers.spawn([captured] { fibercast::yield(); });
        CHECK(captured.use_count() > 1);
        fibers.join();
        fibercast::yield();
        CHECK(captured.use_count() == 1);
    });
}

TEST_CASE_METHOD(with_workers, "many short fibers come and go") {
    int count = 0;
    on_worker(0, [&] {
        fiber_group fibers(worker::current()->stacks());
        for (int round = 0; round < 100; ++round) {
            for (int i = 0; i < 500; ++i) fibers.spawn([&] { ++count; });
            fibers.join();
        }
    });
    CHECK(count == 50'000);
}
