#include "support/with_workers.hpp"

#include <fibercast/runtime/one_shot.hpp>
#include <fibercast/runtime/sleep.hpp>

#include <chrono>
#include <memory>
#include <thread>

using fibercast::after;
using fibercast::one_shot;
using fibercast::worker;
using namespace std::chrono_literals;

TEST_CASE_METHOD(with_workers, "a fiber waits for a thread") {
    on_worker(0, [] {
        one_shot happened;
        std::thread other([&] { happened.set(); });
        CHECK(happened.wait());
        CHECK(happened.wait(after(0s)));
        other.join();
    });
}

TEST_CASE_METHOD(with_workers, "a thread waits for a fiber") {
    one_shot happened;
    pool()[0].post([&] { worker::current()->fibers().spawn([&] { happened.set(); }); });
    CHECK(happened.wait());
}

TEST_CASE("a thread waits for a thread") {
    auto const deadline = GENERATE(as<fibercast::deadline>(), fibercast::never, after(1h));
    one_shot happened;
    std::thread other([&] { happened.set(); });
    CHECK(happened.wait(deadline));
    other.join();
}

TEST_CASE_METHOD(with_workers, "a fiber waits for a fiber of the same worker") {
    on_worker(0, [] {
        one_shot happened;
        worker::current()->fibers().spawn([&] { happened.set(); });
        CHECK(happened.wait());
    });
}

TEST_CASE_METHOD(with_workers, "what happened before the wait is not missed") {
    one_shot here;
    here.set();
    CHECK(here.wait());
    on_worker(0, [] {
        one_shot there;
        there.set();
        CHECK(there.wait(after(1h)));
    });
}

TEST_CASE_METHOD(with_workers, "waiting for what does not happen ends at the deadline") {
    auto const waits_in_vain = [] {
        one_shot happened;
        auto const deadline = after(5ms);
        bool const result = happened.wait(deadline);
        return !result && std::chrono::steady_clock::now() >= deadline;
    };
    CHECK(waits_in_vain());
    CHECK(on_worker(0, waits_in_vain));
}

TEST_CASE_METHOD(with_workers, "what happens after a deadline can be waited for again") {
    on_worker(0, [] {
        one_shot happened;
        CHECK_FALSE(happened.wait(after(1ms)));
        std::thread other([&] { happened.set(); });
        CHECK(happened.wait());
        other.join();
    });
}

TEST_CASE_METHOD(with_workers, "a one_shot may be destroyed as soon as its wait is over") {
    constexpr int rounds = 2'000;
    // Fibers of both workers wake each other through objects that are gone at once.
    auto const wake_often = [&](std::size_t other) {
        for (int i = 0; i < rounds; ++i) {
            auto happened = std::make_unique<one_shot>();
            pool()[other].post([waker = happened.get()] { waker->set(); });
            happened->wait();
        }
    };
    std::thread first([&] { on_worker(0, [&] { wake_often(1); }); });
    std::thread second([&] { on_worker(1, [&] { wake_often(0); }); });
    std::thread foreign([&] { wake_often(0); });
    first.join();
    second.join();
    foreign.join();
}
