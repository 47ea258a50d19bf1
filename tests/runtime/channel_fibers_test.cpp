#include "support/eventually.hpp"
#include "support/with_workers.hpp"

#include <fibercast/runtime/channel.hpp>

#include <array>
#include <barrier>
#include <chrono>
#include <cstdint>
#include <thread>
#include <vector>

using fibercast::channel;
using fibercast::overflow;
using fibercast::push_result;
using fibercast::worker;
using namespace std::chrono_literals;

namespace {

/// The fibers of one test, on the worker that calls.
class local_fibers {
public:
    ~local_fibers() { group_.join(); }
    template <typename F>
    void spawn(F function) {
        group_.spawn(std::move(function));
    }
    std::size_t size() const { return group_.size(); }
    void join() { group_.join(); }

private:
    fibercast::fiber_group group_{worker::current()->stacks()};
};

}  // namespace

TEST_CASE_METHOD(with_workers, "a sender waits while a blocking channel is full") {
    std::vector<int> log;
    on_worker(0, [&] {
        channel<int> numbers(3);
        local_fibers fibers;
        fibers.spawn([&] {
            for (int i = 1; i <= 5; ++i) {
                numbers.push(i);
                log.push_back(i);
            }
        });
        for (int i = 0; i < 10; ++i) fibercast::yield();
        log.push_back(0);  // the sender is at its fourth item, and there is room for three
        int item = 0;
        numbers.pop(item);
        for (int i = 0; i < 10; ++i) fibercast::yield();
        log.push_back(0);
        numbers.pop(item);
        fibers.join();
    });
    CHECK(log == std::vector{1, 2, 3, 0, 4, 0, 5});
}

TEST_CASE_METHOD(with_workers, "closing a channel wakes its receivers") {
    auto const received = on_worker(0, [] {
        channel<int> numbers(3);
        std::vector<bool> results;
        local_fibers fibers;
        for (int i = 0; i < 3; ++i) {
            fibers.spawn([&] {
                int item = 0;
                results.push_back(numbers.pop(item));
            });
        }
        fibers.spawn([&] {
            std::array<int, 4> items;
            results.push_back(numbers.pop_some(items) != 0);
        });
        fibercast::yield();
        numbers.close();
        fibers.join();
        return results;
    });
    CHECK(received == std::vector{false, false, false, false});
}

TEST_CASE_METHOD(with_workers, "closing a channel wakes its senders") {
    auto const results = on_worker(0, [] {
        channel<int> numbers(1);
        numbers.push(1);
        std::vector<push_result> results;
        local_fibers fibers;
        for (int i = 0; i < 3; ++i) fibers.spawn([&] { results.push_back(numbers.push(2)); });
        fibercast::yield();
        numbers.close();
        fibers.join();
        int item = 0;
        while (numbers.try_pop(item)) results.push_back(push_result::taken);
        return results;
    });
    CHECK(results == std::vector{push_result::closed, push_result::closed, push_result::closed,
                                 push_result::taken});
}

TEST_CASE_METHOD(with_workers, "a receiver on one worker gets what a sender on another sends") {
    constexpr int count = 20'000;
    channel<int> numbers(7);
    fibercast::one_shot sent;
    pool()[1].post([&] {
        worker::current()->fibers().spawn([&] {
            for (int i = 0; i < count; ++i) numbers.push(i);
            numbers.close();
            sent.set();
        });
    });
    bool const in_order = on_worker(0, [&] {
        int expected = 0;
        for (int item = 0; numbers.pop(item); ++expected) {
            if (item != expected) return false;
        }
        return expected == count;
    });
    CHECK(in_order);
    sent.wait();
}

TEST_CASE_METHOD(with_workers, "nothing is lost or reordered between many senders and a receiver") {
    constexpr std::uint32_t senders = 8;
    constexpr std::uint32_t each = 2'000;
    channel<std::uint32_t> items(16);
    auto const send = [&](std::uint32_t sender) {
        for (std::uint32_t i = 0; i < each; ++i) items.push(sender << 16 | i);
    };
    // Half of the senders are threads, which must live on until their last wake-up is over.
    std::barrier all_received(senders / 2 + 1);
    std::vector<std::thread> threads;
    for (std::uint32_t sender = 0; sender < senders / 2; ++sender) {
        threads.emplace_back([&, sender] {
            send(sender);
            all_received.arrive_and_wait();
        });
    }
    std::atomic<std::uint32_t> fibers_done = 0;
    for (std::uint32_t sender = senders / 2; sender < senders; ++sender) {
        auto& home = pool()[sender % 2];
        home.post([&, sender] {
            worker::current()->fibers().spawn([&, sender] {
                send(sender);
                ++fibers_done;
            });
        });
    }
    std::vector<std::uint32_t> next(senders, 0);
    bool const in_order = on_worker(0, [&] {
        std::array<std::uint32_t, 5> some;
        for (std::uint32_t left = senders * each; left > 0;) {
            auto const count = items.pop_some(some);
            for (std::size_t i = 0; i < count; ++i) {
                if (next[some[i] >> 16]++ != (some[i] & 0xffff)) return false;
            }
            left -= static_cast<std::uint32_t>(count);
        }
        return true;
    });
    CHECK(in_order);
    CHECK(next == std::vector<std::uint32_t>(senders, each));
    CHECK(items.empty());
    CHECK(items.dropped() == 0);
    CHECK(eventually([&] { return fibers_done == senders / 2; }));
    all_received.arrive_and_wait();
    for (auto& each_thread : threads) each_thread.join();
}

TEST_CASE_METHOD(with_workers, "several receivers share the items of a channel") {
    constexpr int count = 3'000;
    auto const sum = on_worker(0, [] {
        channel<int> numbers(3);
        long total = 0;
        {
            local_fibers fibers;
            for (int i = 0; i < 5; ++i) {
                fibers.spawn([&] {
                    for (int item = 0; numbers.pop(item);) total += item;
                });
            }
            for (int i = 1; i <= count; ++i) numbers.push(i);
            numbers.close();
        }
        return total;
    });
    CHECK(sum == static_cast<long>(count) * (count + 1) / 2);
}

TEST_CASE_METHOD(with_workers, "what drop_oldest throws away is counted exactly under contention") {
    constexpr std::size_t each = 5'000;
    channel<int> numbers(1, overflow::drop_oldest);
    std::size_t received = 0;
    auto const send = [&] {
        for (std::size_t i = 0; i < each; ++i) numbers.push(1);
    };
    std::thread first(send);
    std::thread second(send);
    std::atomic<bool> done = false;
    std::thread receiver([&] {
        for (int item = 0; !done;) received += numbers.try_pop(item) ? 1 : 0;
        for (int item = 0; numbers.try_pop(item);) ++received;
    });
    first.join();
    second.join();
    done = true;
    receiver.join();
    CHECK(received + numbers.dropped() == 2 * each);
    CHECK(numbers.empty());
}
