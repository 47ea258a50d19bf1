#include "app/process/watchdog.hpp"

#include "support/catch.hpp"
#include "support/with_workers.hpp"

#include <unistd.h>

#include <atomic>
#include <chrono>
#include <future>
#include <semaphore>
#include <string>

using fibercast::app::watchdog;
using fibercast::app::watchdog_time;
using namespace std::chrono_literals;

TEST_CASE("a watchdog's time is that of this process") {
    auto const own = std::to_string(::getpid());
    CHECK(watchdog_time("2000000", own) == 2s);
    CHECK(watchdog_time("2000000", "") == 2s);
    CHECK_FALSE(watchdog_time("2000000", std::to_string(::getppid())));
    CHECK_FALSE(watchdog_time("2000000", own + "x"));
    CHECK_FALSE(watchdog_time("", ""));
    CHECK_FALSE(watchdog_time("0", ""));
    CHECK_FALSE(watchdog_time("2s", own));
}

TEST_CASE_METHOD(with_workers, "a watchdog is fed at once and again, as long as workers serve") {
    std::counting_semaphore<> fed(0);
    watchdog const feeding(pool().handles(), 2ms, [&] { fed.release(); });
    for (int i = 0; i < 5; ++i) CHECK(fed.try_acquire_for(30s));
}

TEST_CASE_METHOD(with_workers,
                 "a single worker that does not come to its turn starves the watchdog") {
    for (std::size_t const stuck : {0, 1}) {
        std::promise<void> go_on;
        std::counting_semaphore<> fed(0);
        pool()[stuck].post([&] { go_on.get_future().wait(); });
        {
            watchdog const feeding(pool().handles(), 2ms, [&] { fed.release(); });
            CHECK_FALSE(fed.try_acquire_for(100ms));  // fifty of its times
            go_on.set_value();
            CHECK(fed.try_acquire_for(30s));
        }
    }
}

TEST_CASE_METHOD(with_workers, "a watchdog does not hold up the end, however long its time is") {
    std::counting_semaphore<> fed(0);
    auto feeding = std::make_unique<watchdog>(pool().handles(), 24h, [&] { fed.release(); });
    CHECK(fed.try_acquire_for(30s));
    auto const before = std::chrono::steady_clock::now();
    feeding.reset();
    CHECK(std::chrono::steady_clock::now() - before < 1h);
}

TEST_CASE("a watchdog is fed to the end of a process whose workers have stopped") {
    fibercast::worker_pool pool({.workers = 2});
    pool.stop();
    std::counting_semaphore<> fed(0);
    watchdog const feeding(pool.handles(), 2ms, [&] { fed.release(); });
    for (int i = 0; i < 3; ++i) CHECK(fed.try_acquire_for(30s));
}
