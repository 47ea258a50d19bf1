#include "support/with_workers.hpp"

#include <fibercast/runtime/detail/parking_spot.hpp>
#include <fibercast/runtime/sleep.hpp>
#include <fibercast/runtime/worker_local.hpp>

#include <atomic>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

using fibercast::worker;
using fibercast::worker_local;
using fibercast::worker_pool;

namespace {

/// Serves a fiber until it is stopped, as a hub's shard does.
class served {
public:
    served(worker& home, std::vector<std::string>& log) : home_(home), log_(log) {
        home.fibers().spawn([this] {
            while (!stopped_) bell_.park();
            log_.push_back("served");
        });
    }
    ~served() { log_.push_back(worker::current() == &home_ ? "ended" : "ended elsewhere"); }

    void stop() {
        fibercast::yield();  // it may suspend
        log_.push_back("stopped");
        stopped_ = true;
        bell_.unpark();
    }

private:
    worker& home_;
    std::vector<std::string>& log_;
    bool stopped_ = false;
    fibercast::parking_spot bell_;
};

}  // namespace

TEST_CASE_METHOD(with_workers, "each worker has one object, made on first use") {
    std::atomic<int> made = 0;
    worker_local<unsigned> numbers([&](worker& home) {
        ++made;
        return std::make_unique<unsigned>(home.index());
    });
    CHECK(numbers.homes().empty());
    CHECK(numbers.find() == nullptr);
    on_worker(1, [&] {
        CHECK(numbers.find() == nullptr);
        CHECK(numbers.get() == 1);
        numbers.get() = 7;
        CHECK(numbers.get() == 7);
        CHECK(numbers.find() == &numbers.get());
    });
    CHECK(made == 1);
    CHECK(on_worker(0, [&] { return numbers.get(); }) == 0);
    CHECK(on_worker(1, [&] { return numbers.get(); }) == 7);
    CHECK(made == 2);
    CHECK(numbers.homes() == std::vector{pool()[1].handle(), pool()[0].handle()});
    pool().stop();
    CHECK(numbers.homes().empty());
}

TEST_CASE_METHOD(with_workers, "several sets of objects do not mix") {
    worker_local<int> first;
    worker_local<int> second;
    on_worker(0, [&] {
        first.get() = 1;
        second.get() = 2;
        CHECK(first.get() == 1);
        CHECK(second.get() == 2);
    });
    pool().stop();
}

TEST_CASE("an object is stopped with its worker and ends after the last fiber") {
    std::vector<std::string> log;
    worker_local<served> objects([&](worker& home) { return std::make_unique<served>(home, log); });
    for (int round = 0; round < 2; ++round) {  // it may serve other workers after the first
        worker_pool pool({.workers = 1, .side_threads = 1});
        pool[0].call([&] { objects.get(); });
        CHECK(log.empty());
        pool.stop();
        CHECK(log == std::vector<std::string>{"stopped", "served", "ended"});
        log.clear();
    }
}

TEST_CASE_METHOD(with_workers, "any thread reaches the objects of all workers that have one") {
    worker_local<int> numbers;
    on_worker(1, [&] { numbers.get() = 3; });
    std::atomic<int> sum = 0;
    numbers.for_each([&](int& each) { sum += each; });
    CHECK(sum == 3);
    on_worker(0, [&] {
        numbers.get() = 4;
        numbers.for_each([&](int& each) { sum += each; });
    });
    CHECK(sum == 10);
    pool().stop();
    numbers.for_each([&](int&) { sum = 0; });
    CHECK(sum == 10);
}

TEST_CASE_METHOD(with_workers, "an object that could not be made is made the next time") {
    bool fail = true;
    worker_local<int> numbers([&](worker&) {
        if (fail) throw std::runtime_error("not now");
        return std::make_unique<int>(5);
    });
    on_worker(0, [&] {
        CHECK_THROWS_WITH(numbers.get(), "not now");
        CHECK(numbers.find() == nullptr);
        fail = false;
        CHECK(numbers.get() == 5);
    });
    pool().stop();
}
