#include "support/with_workers.hpp"

#include <fibercast/runtime/sleep.hpp>

#include <pthread.h>
#include <signal.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

using fibercast::worker;

TEST_CASE_METHOD(with_workers, "a call runs on its worker and returns the result") {
    for (unsigned i = 0; i < 2; ++i) {
        CHECK(on_worker(i, [] { return worker::current()->index(); }) == i);
        CHECK(on_worker(i, [] { return worker::current(); }) == &pool()[i]);
    }
    CHECK(worker::current() == nullptr);
    CHECK(*on_worker(0, [] { return std::make_unique<int>(7); }) == 7);
    bool ran = false;
    on_worker(0, [&] { ran = true; });
    CHECK(ran);
}

TEST_CASE_METHOD(with_workers, "a call throws what its function throws") {
    CHECK_THROWS_WITH(on_worker(0, []() -> int { throw std::runtime_error("no"); }), "no");
    CHECK_THROWS_AS(on_worker(1, [] { throw 5; }), int);
    CHECK(on_worker(0, [] { return 1; }) == 1);
}

TEST_CASE_METHOD(with_workers, "a called function may suspend") {
    CHECK(on_worker(0, [] {
              fibercast::sleep_for(std::chrono::milliseconds(1));
              fibercast::yield();
              return 3;
          }) == 3);
}

TEST_CASE_METHOD(with_workers, "workers call each other") {
    CHECK(on_worker(0, [&] { return on_worker(1, [] { return worker::current()->index(); }); }) ==
          1);
    CHECK(on_worker(0, [&] { return on_worker(0, [] { return 4; }); }) == 4);
    CHECK_THROWS_AS(on_worker(0, [&] { on_worker(1, [] { throw std::out_of_range("far"); }); }),
                    std::out_of_range);
}

TEST_CASE_METHOD(with_workers, "calls that cross do not wait for each other") {
    constexpr int rounds = 1'000;
    auto const ping = [&](std::size_t from, std::size_t to) {
        return on_worker(from, [&, to] {
            int sum = 0;
            for (int i = 0; i < rounds; ++i) sum += on_worker(to, [&] { return 1; });
            return sum;
        });
    };
    int forth = 0;
    std::thread other([&] { forth = ping(0, 1); });
    int const back = ping(1, 0);
    other.join();
    CHECK(forth == rounds);
    CHECK(back == rounds);
    // And a call that comes back to where it began.
    CHECK(on_worker(0, [&] {
              return on_worker(
                  1, [&] { return on_worker(0, [] { return worker::current()->index(); }); });
          }) == 0);
}

TEST_CASE_METHOD(with_workers, "posted functions run in the order of the calls") {
    constexpr int count = 1'000;
    std::vector<int> log;
    for (int i = 0; i < count; ++i) pool()[0].post([&log, i] { log.push_back(i); });
    on_worker(0, [] {});
    CHECK(log.size() == count);
    CHECK(std::is_sorted(log.begin(), log.end()));
}

TEST_CASE_METHOD(with_workers, "many threads may post and call at once") {
    constexpr int rounds = 500;
    int sum = 0;  // belongs to worker 0
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] {
            for (int j = 0; j < rounds; ++j) {
                pool()[0].post([&] { ++sum; });
                on_worker(0, [&] { ++sum; });
            }
        });
    }
    for (auto& each : threads) each.join();
    CHECK(on_worker(0, [&] { return sum; }) == 4 * 2 * rounds);
}

TEST_CASE_METHOD(with_workers, "workers leave signals to other threads") {
    on_worker(0, [] {
        sigset_t blocked;
        ::pthread_sigmask(SIG_SETMASK, nullptr, &blocked);
        for (int const signal : {SIGINT, SIGTERM, SIGHUP, SIGCHLD, SIGALRM, SIGPIPE}) {
            CHECK(::sigismember(&blocked, signal) == 1);
        }
        for (int const fault : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT}) {
            CHECK(::sigismember(&blocked, fault) == 0);
        }
    });
}
