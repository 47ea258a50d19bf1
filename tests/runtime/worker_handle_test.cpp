#include "support/with_workers.hpp"

#include <fibercast/runtime/for_each_worker.hpp>
#include <fibercast/runtime/one_shot.hpp>
#include <fibercast/runtime/sleep.hpp>
#include <fibercast/runtime/worker_handle.hpp>

#include <atomic>
#include <memory>
#include <stdexcept>
#include <thread>

using fibercast::for_each_worker;
using fibercast::one_shot;
using fibercast::worker;
using fibercast::worker_handle;
using fibercast::worker_pool;

TEST_CASE_METHOD(with_workers, "a handle reaches its worker while that runs") {
    worker_handle const first = pool()[0].handle();
    CHECK(first == pool()[0].handle());
    CHECK_FALSE(first == pool()[1].handle());
    CHECK_FALSE(first.current());
    CHECK(first.call([&] { return first.current(); }) == true);
    CHECK(first.call([] { return worker::current()->index(); }) == 0u);
    CHECK(first.call([&] { return first.call([] { return 3; }); }).value() == 3);
    CHECK(**first.call([] { return std::make_unique<int>(7); }) == 7);
    CHECK(first.call([] {}));
    CHECK_THROWS_WITH(first.call([] { throw std::runtime_error("no"); }), "no");
    one_shot ran;
    CHECK(first.post([&] { ran.set(); }));
    ran.wait();
}

TEST_CASE("a handle of a worker that has stopped says so and runs nothing") {
    worker_handle handle;
    bool ran = false;
    auto const is_stopped = [&] {
        CHECK_FALSE(handle.call([&] { ran = true; }));
        CHECK_FALSE(handle.call([&] { return ran = true; }).has_value());
        CHECK_FALSE(handle.post([&] { ran = true; }));
        CHECK_FALSE(handle.current());
        return !ran;
    };
    CHECK(is_stopped());
    {
        worker_pool pool({.workers = 1, .side_threads = 1});
        handle = pool[0].handle();
        CHECK(handle.call([] { return 5; }) == 5);
    }
    CHECK(is_stopped());
}

TEST_CASE("a worker that is called while it stops answers or says that it has stopped") {
    for (int round = 0; round < 20; ++round) {
        worker_pool pool({.workers = 1, .side_threads = 1});
        auto const handle = pool[0].handle();
        std::atomic<int> begun = 0;
        std::atomic<int> ended = 0;
        one_shot underway;
        std::thread caller([&] {
            for (int answered = 0;; ++answered) {
                if (answered == 10) underway.set();
                bool const there = handle.call([&] {
                    ++begun;
                    fibercast::yield();
                    ++ended;
                });
                if (!there) break;
            }
        });
        underway.wait();
        pool.stop();
        caller.join();
        CHECK(begun == ended);
        CHECK(begun >= 10);
    }
}

TEST_CASE_METHOD(with_workers, "a function runs on each worker at the same time") {
    auto const homes = pool().handles();
    std::atomic<int> there = 0;
    std::atomic<unsigned> indices = 0;
    // Each waits for the other: one after the other would never end.
    CHECK(for_each_worker(homes, [&](worker& home) {
              indices += home.index() + 1;
              ++there;
              while (there < 2) fibercast::yield();
          }) == 2);
    CHECK(indices == 3);
    CHECK(on_worker(0, [&] { return for_each_worker(homes, [](worker&) {}); }) == 2);
}

TEST_CASE_METHOD(with_workers, "what throws on one worker does not keep the others from it") {
    std::atomic<int> ended = 0;
    CHECK_THROWS_WITH(for_each_worker(pool().handles(),
                                      [&](worker& home) {
                                          if (home.index() == 0) throw std::runtime_error("first");
                                          fibercast::yield();
                                          ++ended;
                                      }),
                      "first");
    CHECK(ended == 1);
}

TEST_CASE("workers that have stopped are left out") {
    std::vector<worker_handle> homes(1);
    worker_pool pool({.workers = 1, .side_threads = 1});
    homes.push_back(pool[0].handle());
    CHECK(for_each_worker(homes, [](worker&) {}) == 1);
    pool.stop();
    CHECK(for_each_worker(homes, [](worker&) {}) == 0);
}
