#include "support/captured_log.hpp"
#include "support/last_words.hpp"
#include "support/sanitizer.hpp"
#include "support/with_workers.hpp"

#include <fibercast/runtime/channel.hpp>
#include <fibercast/runtime/one_shot.hpp>
#include <fibercast/runtime/sleep.hpp>

#include "runtime/stage_watch.hpp"

#include <boost/fiber/condition_variable.hpp>
#include <boost/fiber/mutex.hpp>

#include <chrono>
#include <mutex>
#include <vector>

using fibercast::channel;
using fibercast::compact;
using fibercast::fiber_group;
using fibercast::worker;
using namespace std::chrono_literals;

namespace {

/// In a worker of its own, for what ends the program.
template <typename F>
void in_compact_fiber(F function) {
    fibercast::worker_pool pool({.workers = 1, .side_threads = 1});
    pool[0].call([&] {
        fiber_group fibers(worker::current()->stacks());
        fibers.spawn(compact, function);
        fibers.join();
    });
}

/// Two compact fibers, of which one waits at a condition variable of Boost's until an ordinary one
/// says so. What has run, in its order.
std::vector<int> wait_unknown() {
    std::vector<int> order;
    fibercast::worker_pool pool({.workers = 1, .side_threads = 1});
    pool[0].call([&] {
        boost::fibers::mutex mutex;
        boost::fibers::condition_variable changed;
        bool set = false;
        fiber_group fibers(worker::current()->stacks());
        fibers.spawn(compact, [&] {
            std::unique_lock lock(mutex);
            changed.wait(lock, [&] { return set; });
            order.push_back(2);
        });
        fibers.spawn(compact, [&] { order.push_back(3); });
        fibercast::yield();
        order.push_back(1);
        {
            std::lock_guard const lock(mutex);
            set = true;
        }
        changed.notify_one();
        fibers.join();
    });
    return order;
}

}  // namespace

TEST_CASE("a compact fiber that waits in a way unknown is found") {
    if (fibercast::aborts_at_unknown_waits) {
        CHECK_THAT(last_words([] { wait_unknown(); }), ContainsSubstring("does not know"));
    } else {
        captured_log log;
        CHECK(wait_unknown() == std::vector{1, 2, 3});  // the other had to wait for the stage
        CHECK_THAT(log.text(), ContainsSubstring("does not know"));
    }
}

TEST_CASE_METHOD(with_workers,
                 "a wait at something in a compact fiber's own frames keeps the stage") {
    captured_log log;
    on_worker(0, [&] {
        std::vector<int> order;
        fibercast::one_shot* shared = nullptr;
        fiber_group fibers(worker::current()->stacks());
        fibers.spawn(compact, [&] {
            fibercast::one_shot mine;
            shared = &mine;
            CHECK(mine.wait());
            CHECK_FALSE(fibercast::one_shot().wait(fibercast::after(1ms)));
            order.push_back(2);
        });
        fibers.spawn(compact, [&] { order.push_back(3); });
        fibercast::yield();
        order.push_back(1);
        REQUIRE(shared != nullptr);
        shared->set();
        fibers.join();
        CHECK(order == std::vector{1, 2, 3});
    });
    CHECK_THAT(log.text(), ContainsSubstring("in its own frames"));
}

TEST_CASE("AddressSanitizer finds who points into the frames of a compact fiber that waits") {
    if (!under_address_sanitizer) SUCCEED("nobody looks here");
    if (!under_address_sanitizer) return;
    auto const words = last_words([] {
        fibercast::worker_pool pool({.workers = 1, .side_threads = 1});
        pool[0].call([] {
            channel<int> bell(1);
            int volatile* escaped = nullptr;
            fiber_group fibers(worker::current()->stacks());
            fibers.spawn(compact, [&] {
                int volatile mine = 1;
                escaped = &mine;
                int item = 0;
                bell.pop(item);
            });
            fibercast::yield();
            *escaped = 2;
            bell.close();
            fibers.join();
        });
    });
    CHECK_THAT(words, ContainsSubstring("use-after-poison"));
}

TEST_CASE("a compact fiber that overflows the stage ends the program with a message") {
    auto const words = last_words([] {
        in_compact_fiber([] {
            struct deep {
                [[gnu::noinline]] static int go(int depth) {
                    char volatile room[1024];
                    room[0] = static_cast<char>(depth);
                    int const below = depth > 1 ? go(depth - 1) : 0;
                    asm volatile("" : : "r"(room) : "memory");
                    return below + room[0];
                }
            };
            deep::go(1'000'000);
        });
    });
    CHECK_THAT(words,
               ContainsSubstring("compact fiber") && ContainsSubstring("handler_stack_size"));
}
