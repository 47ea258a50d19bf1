#include "support/with_workers.hpp"

#include <fibercast/runtime/blocking.hpp>
#include <fibercast/runtime/channel.hpp>
#include <fibercast/runtime/for_each_worker.hpp>
#include <fibercast/runtime/sleep.hpp>

#include <atomic>
#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

using fibercast::compact;
using fibercast::fiber_group;
using fibercast::worker;
using namespace std::chrono_literals;

TEST_CASE_METHOD(with_workers, "compact fibers block on side threads, many at once") {
    on_worker(0, [] {
        fiber_group fibers(worker::current()->stacks());
        auto const here = std::this_thread::get_id();
        std::vector<std::string> results(40);
        for (std::size_t i = 0; i < results.size(); ++i) {
            fibers.spawn(compact, [&results, i, here] {
                try {
                    results[i] = fibercast::blocking([i, here] {
                        if (std::this_thread::get_id() == here) throw std::logic_error("here");
                        if (i % 2 == 0) throw std::runtime_error("none for " + std::to_string(i));
                        return std::string(100, 'x') + std::to_string(i);
                    });
                } catch (std::runtime_error const& error) {
                    results[i] = error.what();
                }
            });
        }
        fibers.join();
        for (std::size_t i = 0; i < results.size(); ++i) {
            CHECK(results[i] == (i % 2 == 0 ? "none for " + std::to_string(i)
                                            : std::string(100, 'x') + std::to_string(i)));
        }
    });
}

TEST_CASE_METHOD(with_workers, "compact fibers call other workers, and others run meanwhile") {
    auto const homes = pool().handles();
    on_worker(0, [&] {
        fiber_group fibers(worker::current()->stacks());
        std::vector<int> results;
        for (int i = 0; i < 20; ++i) {
            fibers.spawn(compact, [&results, &homes, i] {
                auto const answer = homes[1].call([i] {
                    fibercast::sleep_for(1ms);
                    return static_cast<int>(worker::current()->index()) * 1'000 + i;
                });
                results.push_back(*answer);
                CHECK(homes[0].call([i] { return i; }) == i);
                CHECK(homes[1].call([] {}));
                CHECK_THROWS_AS(homes[1].call([]() -> int { throw std::runtime_error("no"); }),
                                std::runtime_error);
            });
        }
        fibers.join();
        CHECK(results.size() == 20);
        for (int const each : results) CHECK(each >= 1'000);
    });
}

TEST_CASE("a compact fiber that calls a worker which has stopped is told") {
    auto stopped = std::make_unique<fibercast::worker_pool>(
        fibercast::worker_pool::options{.workers = 1, .side_threads = 1});
    auto const handle = stopped->handles().front();
    stopped.reset();
    fibercast::worker_pool pool({.workers = 1, .side_threads = 1});
    pool[0].call([&] {
        fiber_group fibers(worker::current()->stacks());
        fibers.spawn(compact, [handle] {
            CHECK(handle.call([] { return 1; }) == std::nullopt);
            CHECK_FALSE(handle.call([] {}));
        });
        fibers.join();
    });
}

TEST_CASE_METHOD(with_workers,
                 "a compact fiber runs something on each worker, its frames staying") {
    auto const homes = pool().handles();
    on_worker(0, [&] {
        fiber_group fibers(worker::current()->stacks());
        int others = 0;
        fibers.spawn(compact, [&] {
            std::atomic<int> sum = 0;  // in the frames, and others add to it
            CHECK(fibercast::for_each_worker(homes, [&](worker& each) {
                      sum += static_cast<int>(each.index()) + 1;
                  }) == 2);
            CHECK(sum == 3);
        });
        fibers.spawn(compact, [&] { ++others; });
        fibers.join();
        CHECK(others == 1);
    });
}
