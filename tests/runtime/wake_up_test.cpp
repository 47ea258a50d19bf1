#include "support/eventually.hpp"
#include "support/with_workers.hpp"

#include <fibercast/runtime/sleep.hpp>
#include <fibercast/runtime/wake_up.hpp>

#include <atomic>
#include <optional>
#include <thread>
#include <vector>

using fibercast::wake_up;
using fibercast::worker;

TEST_CASE_METHOD(with_workers, "a ring from another thread runs the function on the worker") {
    std::atomic<worker*> ran_on = nullptr;
    wake_up bell(pool()[1], [&] { ran_on = worker::current(); });
    CHECK(ran_on == nullptr);
    bell.ring();
    CHECK(eventually([&] { return ran_on == &pool()[1]; }));
    pool().stop();  // the bell may outlive its worker
    bell.ring();
}

TEST_CASE_METHOD(with_workers, "rings before the function has run are one") {
    on_worker(0, [] {
        int runs = 0;
        wake_up bell(*worker::current(), [&] { ++runs; });
        for (int i = 0; i < 10; ++i) bell.ring();
        CHECK(runs == 0);
        CHECK(eventually([&] { return runs != 0; }));
        for (int i = 0; i < 1'000; ++i) fibercast::yield();
        CHECK(runs == 1);
        bell.ring();
        CHECK(eventually([&] { return runs == 2; }));
    });
}

TEST_CASE_METHOD(with_workers, "a function may ring its own bell") {
    on_worker(0, [] {
        int runs = 0;
        std::optional<wake_up> bell;
        bell.emplace(*worker::current(), [&] {
            if (++runs < 1'000) bell->ring();
        });
        bell->ring();
        CHECK(eventually([&] { return runs == 1'000; }));
    });
}

TEST_CASE_METHOD(with_workers, "a bell that ends before its function has run is silent") {
    on_worker(0, [] {
        int runs = 0;
        std::optional<wake_up> ending;
        ending.emplace(*worker::current(), [&] { ++runs; });
        ending->ring();
        wake_up staying(*worker::current(), [&] { runs += 10; });
        staying.ring();
        ending.reset();
        CHECK(eventually([&] { return runs != 0; }));
        CHECK(runs == 10);
    });
}

TEST_CASE_METHOD(with_workers, "no ring is lost among many threads") {
    constexpr long rings = 20'000;
    constexpr int threads = 3;
    std::atomic<long> written = 0;
    long seen = 0;  // belongs to worker 0
    wake_up bell(pool()[0], [&] { seen = written.load(std::memory_order_relaxed); });
    std::vector<std::thread> ringers;
    for (int i = 0; i < threads; ++i) {
        ringers.emplace_back([&] {
            for (long j = 0; j < rings; ++j) {
                written.fetch_add(1, std::memory_order_relaxed);
                bell.ring();
            }
        });
    }
    for (auto& each : ringers) each.join();
    CHECK(on_worker(0, [&] { return eventually([&] { return seen == threads * rings; }); }));
    pool().stop();
}
