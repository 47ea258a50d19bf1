#include "support/with_workers.hpp"

#include <fibercast/runtime/channel.hpp>
#include <fibercast/runtime/wake_up.hpp>

#include <array>
#include <atomic>
#include <thread>

using fibercast::channel;

namespace {

struct counting_waiter final : fibercast::channel_waiter {
    void wake() noexcept override { ++woken; }
    std::atomic<int> woken = 0;
};

/// Rings, and so is told on its own worker.
struct ringing_waiter final : fibercast::channel_waiter {
    explicit ringing_waiter(fibercast::worker& home) : bell(home, [this] { spot.unpark(); }) {}
    void wake() noexcept override { bell.ring(); }
    fibercast::parking_spot spot;
    fibercast::wake_up bell;
};

}  // namespace

TEST_CASE("who waits at a channel is woken once, by an item or by its end") {
    channel<int> numbers(4);
    counting_waiter who;
    REQUIRE(numbers.wait(who));
    numbers.push(1);
    CHECK(who.woken == 1);
    numbers.push(2);
    CHECK(who.woken == 1);

    int item = 0;
    CHECK_FALSE(numbers.wait(who));  // there is something
    CHECK(numbers.try_pop(item));
    CHECK(numbers.try_pop(item));
    REQUIRE(numbers.wait(who));
    numbers.close();
    CHECK(who.woken == 2);
    CHECK_FALSE(numbers.wait(who));
}

TEST_CASE("who has stopped waiting at a channel is not woken") {
    channel<int> numbers(4);
    counting_waiter who;
    numbers.stop_waiting(who);
    REQUIRE(numbers.wait(who));
    numbers.stop_waiting(who);
    numbers.push(1);
    numbers.close();
    CHECK(who.woken == 0);
}

TEST_CASE("each item wakes one of those that wait at a channel, in their order") {
    channel<int> numbers(4);
    counting_waiter first, second;
    REQUIRE(numbers.wait(first));
    REQUIRE(numbers.wait(second));
    numbers.push(1);
    CHECK(first.woken == 1);
    CHECK(second.woken == 0);
    numbers.push(2);
    CHECK(second.woken == 1);
    std::array<int, 4> items{};
    CHECK(numbers.try_pop_some(items) == 2);
}

TEST_CASE_METHOD(with_workers, "no wake-up is lost between a channel's waiter and other threads") {
    constexpr int count = 20'000;
    channel<int> numbers(2);
    std::thread sender([&] {
        for (int i = 1; i <= count; ++i) numbers.push(i);
        numbers.close();
    });
    on_worker(0, [&] {
        ringing_waiter who(*fibercast::worker::current());
        int last = 0;
        for (int item = 0;;) {
            while (numbers.try_pop(item)) {
                REQUIRE(item == last + 1);
                last = item;
            }
            if (numbers.wait(who)) {
                who.spot.park();
            } else if (numbers.closed() && numbers.empty()) {
                break;
            }
        }
        CHECK(last == count);
    });
    sender.join();
}
