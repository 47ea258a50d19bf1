#include "support/with_workers.hpp"

#include <fibercast/runtime/blocking.hpp>
#include <fibercast/runtime/fiber_group.hpp>
#include <fibercast/runtime/sleep.hpp>

#include <atomic>
#include <barrier>
#include <future>
#include <stdexcept>
#include <thread>

using fibercast::blocking;
using fibercast::fiber_group;
using fibercast::worker;

TEST_CASE_METHOD(with_workers, "blocking runs a function on a side thread and returns its result") {
    on_worker(0, [] {
        auto const here = std::this_thread::get_id();
        CHECK(blocking([] { return std::this_thread::get_id(); }) != here);
        CHECK(std::this_thread::get_id() == here);
        CHECK(blocking([] { return worker::current(); }) == nullptr);
        CHECK(*blocking([] { return std::make_unique<int>(3); }) == 3);
        bool ran = false;
        blocking([&] { ran = true; });
        CHECK(ran);
    });
}

TEST_CASE_METHOD(with_workers, "blocking throws what its function throws") {
    on_worker(0, [] {
        CHECK_THROWS_WITH(blocking([]() -> int { throw std::runtime_error("no such file"); }),
                          "no such file");
    });
}

TEST_CASE("blocking on a thread that is no worker runs the function there") {
    CHECK(blocking([] { return std::this_thread::get_id(); }) == std::this_thread::get_id());
}

TEST_CASE_METHOD(with_workers, "a worker runs other fibers while one of its fibers blocks") {
    on_worker(0, [] {
        std::promise<int> answer;
        fiber_group fibers(worker::current()->stacks());
        fibers.spawn([&] {
            for (int i = 0; i < 100; ++i) fibercast::yield();
            answer.set_value(6);
        });
        // Only that other fiber of the same worker can end this.
        CHECK(blocking([&] { return answer.get_future().get(); }) == 6);
        fibers.join();
    });
}

TEST_CASE_METHOD(with_workers, "as many functions block at once as there are side threads") {
    constexpr int side_threads = 16;  // the default
    std::barrier<> all_there(side_threads);
    int ended = 0;
    on_worker(0, [&] {
        fiber_group fibers(worker::current()->stacks());
        for (int i = 0; i < side_threads; ++i) {
            fibers.spawn([&] {
                blocking([&] { all_there.arrive_and_wait(); });
                ++ended;
            });
        }
        fibers.join();
    });
    CHECK(ended == side_threads);
}

TEST_CASE_METHOD(with_workers, "more blocking functions than side threads wait for their turn") {
    constexpr int count = 500;
    std::atomic<int> ran = 0;
    std::atomic<int> ended = 0;
    auto const run_many = [&] {
        fiber_group fibers(worker::current()->stacks());
        for (int i = 0; i < count; ++i) {
            fibers.spawn([&] {
                blocking([&] { ++ran; });
                ++ended;
            });
        }
        fibers.join();
    };
    std::thread other([&] { on_worker(1, run_many); });
    on_worker(0, run_many);
    other.join();
    CHECK(ran == 2 * count);
    CHECK(ended == 2 * count);
}
