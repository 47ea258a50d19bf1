#include "support/with_workers.hpp"

#include <fibercast/runtime/channel.hpp>
#include <fibercast/runtime/fiber_group.hpp>
#include <fibercast/runtime/sleep.hpp>

#include <array>
#include <chrono>

using fibercast::channel;
using fibercast::fiber_group;
using fibercast::push_result;
using fibercast::worker;
using namespace std::chrono_literals;

TEST_CASE_METHOD(with_workers, "waiting for room in a channel ends at the deadline") {
    on_worker(0, [] {
        channel<int> numbers(1);
        CHECK(numbers.push(1, fibercast::after(1h)) == push_result::taken);
        auto const until = fibercast::after(5ms);
        CHECK(numbers.push(2, until) == push_result::timed_out);
        CHECK(std::chrono::steady_clock::now() >= until);
        CHECK(numbers.size() == 1);
        int item = 0;
        CHECK(numbers.pop(item));
        CHECK(item == 1);
        CHECK(numbers.push(3, fibercast::deadline()) == push_result::taken);
        numbers.close();
        CHECK(numbers.push(4, fibercast::after(1h)) == push_result::closed);
    });
}

TEST_CASE_METHOD(with_workers, "waiting for an item of a channel ends at the deadline") {
    on_worker(0, [] {
        channel<int> numbers(3);
        int item = 7;
        std::array<int, 4> items{};
        auto const until = fibercast::after(5ms);
        CHECK_FALSE(numbers.pop(item, until));
        CHECK(std::chrono::steady_clock::now() >= until);
        CHECK(numbers.pop_some(items, fibercast::after(1ms)) == 0);
        CHECK_FALSE(numbers.closed());
        numbers.push(1);
        CHECK(numbers.pop(item, fibercast::deadline()));
        CHECK(item == 1);
        numbers.push(2);
        CHECK(numbers.pop_some(items, fibercast::after(1h)) == 1);
    });
}

TEST_CASE_METHOD(with_workers, "an item that comes before the deadline is taken after it") {
    // Woken in time, the fiber runs too late: the worker is busy until then.
    on_worker(0, [] {
        channel<int> numbers(1);
        bool popped = false;
        auto pushed = push_result::timed_out;
        auto const until = fibercast::after(20ms);
        fiber_group fibers(worker::current()->stacks());
        auto const be_late = [&] {
            while (std::chrono::steady_clock::now() <= until) {
            }
        };
        fibers.spawn([&] {
            int item = 0;
            popped = numbers.pop(item, until);
            pushed = numbers.push(2, until);  // there is room, however late it is
        });
        fibercast::yield();
        numbers.push(1);
        be_late();
        fibers.join();
        CHECK(popped);
        CHECK(pushed == push_result::taken);
    });
}
