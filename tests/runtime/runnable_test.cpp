#include "support/with_workers.hpp"

#include <fibercast/runtime/runnable.hpp>
#include <fibercast/runtime/sleep.hpp>

#include <boost/fiber/context.hpp>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <deque>
#include <functional>
#include <set>
#include <utility>
#include <vector>

using fibercast::parking_spot;
using fibercast::runnable;
using fibercast::worker;

namespace {

class action final : public runnable {
public:
    explicit action(std::function<void()> what) : what_(std::move(what)) {}
    bool run() noexcept override {
        what_();
        return true;
    }

private:
    std::function<void()> what_;
};

}  // namespace

TEST_CASE_METHOD(with_workers, "what is ready is run once, in its order") {
    on_worker(0, [] {
        std::vector<int> order;
        std::deque<action> all;
        for (int i = 0; i < 200; ++i) all.emplace_back([&order, i] { order.push_back(i); });
        for (auto& each : all) {
            each.ready();
            each.ready();
            CHECK(each.is_ready());
        }
        CHECK(order.empty());
        while (order.size() < all.size()) fibercast::yield();
        CHECK(std::is_sorted(order.begin(), order.end()));
        for (int i = 0; i < 10; ++i) fibercast::yield();
        CHECK(order.size() == all.size());
    });
}

TEST_CASE_METHOD(with_workers, "what does not suspend takes no fiber of its own") {
    on_worker(0, [] {
        std::set<boost::fibers::context*> fibers;
        std::size_t ran = 0;
        std::deque<action> all;
        for (int i = 0; i < 1000; ++i) {
            all.emplace_back([&] {
                fibers.insert(boost::fibers::context::active());
                ++ran;
            });
        }
        for (auto& each : all) each.ready();
        while (ran < all.size()) fibercast::yield();
        CHECK(fibers.size() <= 2);  // the one that runs, and the one that would take over
    });
}

TEST_CASE_METHOD(with_workers, "what suspends does not hold up the others") {
    on_worker(0, [] {
        parking_spot spot;
        std::size_t ran = 0;
        bool resumed = false;
        action suspends([&] {
            spot.park();
            resumed = true;
        });
        std::deque<action> others;
        for (int i = 0; i < 1000; ++i) others.emplace_back([&ran] { ++ran; });
        suspends.ready();
        for (auto& each : others) each.ready();
        while (ran < others.size()) fibercast::yield();
        CHECK(spot.occupied());
        spot.unpark();
        while (!resumed) fibercast::yield();
    });
}

TEST_CASE_METHOD(with_workers, "any number may be suspended at once") {
    on_worker(0, [] {
        constexpr std::size_t count = 500;
        std::deque<parking_spot> spots(count);
        std::size_t parked = 0;
        std::size_t resumed = 0;
        std::deque<action> all;
        for (auto& spot : spots) {
            all.emplace_back([&] {
                ++parked;
                spot.park();
                ++resumed;
            });
        }
        for (auto& each : all) each.ready();
        while (parked < count) fibercast::yield();
        CHECK(resumed == 0);
        for (auto& each : spots) each.unpark();
        while (resumed < count) fibercast::yield();
    });
}

TEST_CASE_METHOD(with_workers, "what is run may make itself and others ready, and may go") {
    on_worker(0, [] {
        int left = 1000;
        action* again = nullptr;
        action self([&] {
            if (--left != 0) again->ready();
        });
        again = &self;
        self.ready();
        while (left != 0) fibercast::yield();

        bool gone = false;
        struct leaving final : runnable {
            explicit leaving(bool& told) : gone(told) {}
            bool run() noexcept override {
                gone = true;
                delete this;
                return false;
            }
            bool& gone;
        };
        (new leaving(gone))->ready();
        while (!gone) fibercast::yield();
    });
}

TEST_CASE_METHOD(with_workers, "what is always ready again lets others and the event loop run") {
    std::atomic<bool> over = false;
    on_worker(0, [&] {
        std::deque<action> all;
        std::size_t running = 100;
        for (std::size_t i = 0; i < running; ++i)
            all.emplace_back([&, i] { over ? static_cast<void>(--running) : all[i].ready(); });
        for (auto& each : all) each.ready();
        // Its answer comes through this worker's event loop.
        pool()[1].call([&] { over = true; });
        while (running != 0) fibercast::yield();
    });
}

TEST_CASE_METHOD(with_workers,
                 "what becomes ready while it is run is run again, and never twice at once") {
    on_worker(0, [] {
        parking_spot spot;
        int runs = 0;
        bool inside = false;
        action one([&] {
            CHECK_FALSE(std::exchange(inside, true));
            if (++runs == 1) spot.park();
            inside = false;
        });
        one.ready();
        while (!spot.occupied()) fibercast::yield();
        one.ready();
        one.ready();
        for (int i = 0; i < 10; ++i) fibercast::yield();
        CHECK(runs == 1);
        spot.unpark();
        while (runs < 2) fibercast::yield();
        for (int i = 0; i < 10; ++i) fibercast::yield();
        CHECK(runs == 2);
    });
}
