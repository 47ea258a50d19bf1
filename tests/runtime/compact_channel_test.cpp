#include "support/chance.hpp"
#include "support/eventually.hpp"
#include "support/sanitizer.hpp"
#include "support/with_workers.hpp"

#include <fibercast/runtime/channel.hpp>
#include <fibercast/runtime/sleep.hpp>

#include <array>
#include <atomic>
#include <barrier>
#include <chrono>
#include <cstdint>
#include <optional>
#include <thread>
#include <vector>

using fibercast::after;
using fibercast::channel;
using fibercast::compact;
using fibercast::fiber_group;
using fibercast::overflow;
using fibercast::push_result;
using fibercast::worker;
using namespace std::chrono_literals;

TEST_CASE_METHOD(with_workers, "a compact fiber receives what comes, in its order, and the end") {
    on_worker(0, [] {
        channel<int> numbers(3);
        std::vector<int> received;
        fiber_group fibers(worker::current()->stacks());
        fibers.spawn(compact, [&] {
            for (int item = 0; numbers.pop(item);) received.push_back(item);
            received.push_back(0);
        });
        for (int i = 1; i <= 10; ++i) {
            numbers.push(i);
            if (i % 4 == 0) fibercast::yield();
        }
        CHECK(numbers.size() <= 3);
        numbers.close();
        fibers.join();
        CHECK(received == std::vector{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 0});
    });
}

TEST_CASE_METHOD(with_workers, "a compact fiber waits for room in a channel that blocks") {
    on_worker(0, [] {
        channel<int> numbers(1);
        std::vector<push_result> results;
        fiber_group fibers(worker::current()->stacks());
        fibers.spawn(compact, [&] {
            for (int i = 1; i <= 3; ++i) results.push_back(numbers.push(i));
            results.push_back(numbers.push(4, after(5ms)));
            results.push_back(numbers.push(5));
        });
        fibercast::yield();
        CHECK(results == std::vector{push_result::taken});
        int item = 0;
        for (int i = 1; i <= 2; ++i) {
            CHECK(numbers.pop(item));
            CHECK(item == i);
            fibercast::yield();
        }
        CHECK(eventually([&] { return results.size() == 4; }));
        CHECK(results.back() == push_result::timed_out);
        numbers.close();
        fibers.join();
        CHECK(results.back() == push_result::closed);
        CHECK(numbers.pop(item));
        CHECK(item == 3);
        CHECK_FALSE(numbers.pop(item));
    });
}

TEST_CASE_METHOD(with_workers, "a compact receiver gives up at its deadline and may come again") {
    on_worker(0, [] {
        channel<int> numbers(1);
        std::vector<bool> results;
        int item = 0;
        fiber_group fibers(worker::current()->stacks());
        fibers.spawn(compact, [&] {
            results.push_back(numbers.pop(item, after(2ms)));
            results.push_back(numbers.pop(item, fibercast::deadline{}));
            results.push_back(numbers.pop(item, after(1h)));
        });
        CHECK(eventually([&] { return results.size() == 2; }));
        fibercast::yield();
        numbers.push(7);
        fibers.join();
        CHECK(results == std::vector{false, false, true});
        CHECK(item == 7);
        CHECK(numbers.empty());
    });
}

TEST_CASE_METHOD(with_workers, "an item wakes one compact receiver, the one that waits longest") {
    on_worker(0, [] {
        channel<int> numbers(4);
        std::vector<int> order;
        fiber_group fibers(worker::current()->stacks());
        for (int i = 1; i <= 3; ++i) {
            fibers.spawn(compact, [&, i] {
                int item = 0;
                if (numbers.pop(item)) order.push_back(10 * item + i);
            });
        }
        fibercast::yield();
        numbers.push(1);
        numbers.push(2);
        fibercast::yield();
        CHECK(order == std::vector{11, 22});
        numbers.close();
        fibers.join();
        CHECK(order.size() == 2);
    });
}

// Nobody would be woken for the place that it leaves free.
TEST_CASE_METHOD(with_workers, "who has waited for room puts its item there") {
    auto const of_compact = GENERATE(true, false);
    CAPTURE(of_compact);
    on_worker(0, [&] {
        channel<int> numbers(1);
        numbers.push(0);
        fiber_group fibers(worker::current()->stacks());
        auto const send = [&](auto body) {
            of_compact ? fibers.spawn(compact, body) : fibers.spawn(body);
        };
        auto const soon = after(20ms);
        std::optional<push_result> last;
        send([&] { numbers.push(1, soon); });
        send([&] { last = numbers.push(2); });
        fibercast::yield();
        CHECK_FALSE(last);
        fibers.spawn(compact, [&] {
            int item = 0;
            numbers.pop(item);  // wakes the first sender, which runs when its deadline has passed
            while (std::chrono::steady_clock::now() <= soon) continue;
            while (numbers.pop(item)) continue;
        });
        CHECK(eventually([&] { return last == push_result::taken; }));
        numbers.close();
        fibers.join();
        CHECK(numbers.empty());
    });
}

namespace {

/// Fibers of both kinds, on two workers, and threads send and receive through small channels, with
/// and without deadlines. Whatever was taken is received once.
class traffic {
public:
    traffic(fibercast::worker_pool& pool, unsigned seed, std::size_t capacity)
        : pool_(pool), seed_(seed), items_(capacity) {}

    void run() {
        constexpr unsigned of_each = 3;
        unsigned number = 0;
        for (auto const receives : {false, true}) {
            for (unsigned i = 0; i < of_each; ++i) {
                for (std::size_t home = 0; home < 2; ++home) {
                    spawn(home, false, receives, ++number);
                    spawn(home, true, receives, ++number);
                }
            }
            for (unsigned i = 0; i < 2; ++i) {
                ++(receives ? receiving_ : sending_);
                threads_.emplace_back([this, receives, n = ++number] {
                    receives ? receive(n) : send(n);
                    all_done_.arrive_and_wait();
                });
            }
        }
        // The threads must outlive the fibers that wait for them.
        while (sending_ != 0) std::this_thread::yield();
        items_.close();
        while (receiving_ != 0) std::this_thread::yield();
        all_done_.arrive_and_wait();
        for (auto& each : threads_) each.join();
        for (std::size_t home = 0; home < 2; ++home) {
            eventually(
                [&] { return pool_[home].call([&] { return pool_[home].fibers().size(); }) == 1; });
        }
    }

    std::uint64_t sent() const { return sent_sum_; }
    std::uint64_t received() const { return received_sum_; }
    bool empty() const { return items_.empty(); }

private:
    static constexpr int items_each = under_thread_sanitizer ? 300 : 2'000;

    void spawn(std::size_t home, bool is_compact, bool receives, unsigned number) {
        ++(receives ? receiving_ : sending_);
        pool_[home].call([&] {
            auto body = [this, receives, number] { receives ? receive(number) : send(number); };
            if (is_compact) {
                worker::current()->fibers().spawn(compact, body);
            } else {
                worker::current()->fibers().spawn(body);
            }
        });
    }

    fibercast::deadline some_time(chance& by) {
        return by.one_in(3) ? after(std::chrono::microseconds(by.below(200))) : fibercast::never;
    }

    void send(unsigned number) {
        bool const thread = worker::current() == nullptr;
        chance by(seed_ + number);
        for (int i = 1; i <= items_each; ++i) {
            auto const item = static_cast<std::uint64_t>(i) * number;
            while (items_.push(item, some_time(by)) != push_result::taken) continue;
            sent_sum_ += item;
            if (by.one_in(50) && !thread) fibercast::sleep_for(100us);
        }
        --sending_;
    }

    void receive(unsigned number) {
        bool const thread = worker::current() == nullptr;
        chance by(seed_ + number);
        for (;;) {
            std::uint64_t item = 0;
            auto const until = some_time(by);
            if (items_.pop(item, until)) {
                received_sum_ += item;
            } else if (until == fibercast::never) {
                break;
            }
            if (by.one_in(50) && !thread) fibercast::sleep_for(100us);
        }
        --receiving_;
    }

    fibercast::worker_pool& pool_;
    unsigned const seed_;
    channel<std::uint64_t> items_;
    // Counted before they start, or those that are there may be done before a thread has begun.
    std::atomic<int> sending_ = 0, receiving_ = 0;
    std::atomic<std::uint64_t> sent_sum_ = 0, received_sum_ = 0;
    std::barrier<> all_done_{5};
    std::vector<std::thread> threads_;
};

}  // namespace

TEST_CASE_METHOD(with_workers, "fibers of both kinds and threads lose nothing in one channel") {
    auto const seed =
        static_cast<unsigned>(std::chrono::steady_clock::now().time_since_epoch().count() / 1'000);
    for (std::size_t const capacity : {1, 3, 31}) {
        CAPTURE(seed, capacity);
        traffic all(pool(), seed, capacity);
        all.run();
        CHECK(all.sent() == all.received());
        CHECK(all.empty());
    }
}

TEST_CASE_METHOD(with_workers, "compact fibers of two workers hand an item to and fro") {
    constexpr int rounds = 20'000;
    channel<int> to(1), fro(1);
    auto const serve = [&] {
        for (int item = 0; to.pop(item);) fro.push(item + 1);
        fro.close();
    };
    pool()[1].call([&] { worker::current()->fibers().spawn(compact, serve); });
    int last = on_worker(0, [&] {
        int result = 0;
        fiber_group fibers(worker::current()->stacks());
        fibers.spawn(compact, [&] {
            int item = 0;
            for (int i = 0; i < rounds; ++i) {
                to.push(item);
                fro.pop(item);
            }
            result = item;
            to.close();
            while (fro.pop(item)) continue;
        });
        fibers.join();
        return result;
    });
    CHECK(last == rounds);
    CHECK(eventually(
        [&] { return on_worker(1, [] { return worker::current()->fibers().size(); }) == 1; }));
}
