#include "support/open_descriptors.hpp"

#include <fibercast/runtime/channel.hpp>
#include <fibercast/runtime/sleep.hpp>
#include <fibercast/runtime/worker_pool.hpp>

#include "support/catch.hpp"

#include <string>
#include <vector>

using fibercast::worker;
using fibercast::worker_pool;

TEST_CASE("the functions of at_stop run in a fiber and the last registered first") {
    std::vector<std::string> log;
    {
        worker_pool pool({.workers = 1});
        pool[0].call([&] {
            auto const note = [&](std::string text) {
                return [&log, text] {
                    fibercast::yield();  // it may suspend
                    log.push_back(text + (worker::current() != nullptr ? "" : " elsewhere"));
                };
            };
            worker::current()->at_stop(note("first"));
            worker::current()->at_stop(note("second"));
            worker::current()->at_stop(note("third"));
        });
        CHECK(log.empty());
    }
    CHECK(log == std::vector<std::string>{"third", "second", "first"});
}

TEST_CASE("a worker ends what its fibers wait for and then waits for them") {
    std::vector<std::string> log;
    fibercast::channel<int> numbers(3);
    {
        worker_pool pool({.workers = 2});
        pool[1].call([&] {
            worker::current()->fibers().spawn([&] {
                int item = 0;
                while (numbers.pop(item)) log.push_back(std::to_string(item));
                fibercast::sleep_for(std::chrono::milliseconds(5));
                log.push_back("ended");
            });
            worker::current()->at_stop([&] { numbers.close(); });
            numbers.push(1);
        });
        pool.stop();
        CHECK(log == std::vector<std::string>{"1", "ended"});
        pool.stop();  // idempotent
    }
}

TEST_CASE("a function of at_stop may register another") {
    std::vector<int> log;
    worker_pool pool({.workers = 1});
    pool[0].call([&] {
        worker::current()->at_stop([&] {
            log.push_back(1);
            worker::current()->at_stop([&] { log.push_back(2); });
        });
    });
    pool.stop();
    CHECK(log == std::vector{1, 2});
}

TEST_CASE("a fiber that a stopping worker waits for may register a function of at_stop") {
    // As a handler does that joins a hub while its server stops.
    bool called = false;
    fibercast::channel<int> first(1);
    fibercast::channel<int> second(1);
    worker_pool pool({.workers = 1});
    pool[0].call([&] {
        worker::current()->at_stop([&] { first.close(); });
        worker::current()->fibers().spawn([&] {
            int item = 0;
            first.pop(item);
            fibercast::yield();
            worker::current()->at_stop([&] {
                called = true;
                second.close();
            });
            second.pop(item);
        });
    });
    pool.stop();
    CHECK(called);
}

TEST_CASE("a worker that is idle still serves posts and calls") {
    auto const descriptors = open_descriptors();
    {
        fibercast::side_threads side_threads(1);
        bool posted = false;
        worker one(0, {}, side_threads);
        one.stop();
        one.wait_idle();
        CHECK(one.call([] { return 5; }) == 5);
        one.post([&] { posted = true; });
        one.join();
        CHECK(posted);
        one.post([&] { posted = false; });  // nobody is there to run it
        CHECK(posted);
    }
    CHECK(open_descriptors() == descriptors);
}

TEST_CASE("pools can be made and stopped one after the other and at the same time") {
    auto const descriptors = open_descriptors();
    for (int i = 0; i < 20; ++i) {
        worker_pool first({.workers = 3, .side_threads = 1});
        worker_pool second({.workers = 1, .side_threads = 1});
        CHECK(first.size() == 3);
        CHECK(first[2].call([&] { return second[0].call([] { return 6; }); }) == 6);
    }
    CHECK(open_descriptors() == descriptors);
}

TEST_CASE("a pool has a worker for each processor unless told otherwise") {
    worker_pool pool;
    CHECK(pool.size() >= 1);
    CHECK(pool.size() <= std::max(1u, std::thread::hardware_concurrency()));
}
