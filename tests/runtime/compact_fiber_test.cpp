#include "runtime/dig.hpp"
#include "support/captured_log.hpp"
#include "support/with_workers.hpp"

#include <fibercast/runtime/channel.hpp>
#include <fibercast/runtime/compact.hpp>
#include <fibercast/runtime/handler_stack.hpp>
#include <fibercast/runtime/sleep.hpp>

#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

using fibercast::after;
using fibercast::channel;
using fibercast::compact;
using fibercast::fiber_group;
using fibercast::worker;
using namespace std::chrono_literals;

namespace {

/// Goes so deep, with a number of its own in each frame, and waits there. The sum of the numbers
/// after that.
[[gnu::noinline]] int wait_deep(int depth, int number, channel<int>& bell) {
    int volatile mine[25] = {number};
    int item = 0;
    int const below = depth > 0 ? wait_deep(depth - 1, number, bell) : (bell.pop(item), 0);
    return below + mine[0];
}

}  // namespace

TEST_CASE_METHOD(with_workers,
                 "a compact fiber runs when its spawner suspends, on the same worker") {
    on_worker(0, [] {
        fiber_group fibers(worker::current()->stacks());
        std::vector<int> order;
        fibers.spawn(compact, [&] { order.push_back(worker::current()->index() == 0 ? 2 : 0); });
        order.push_back(1);
        CHECK(fibers.size() == 1);
        CHECK(fibers.join());
        CHECK(order == std::vector{1, 2});
    });
}

TEST_CASE_METHOD(with_workers, "what a compact fiber has in its frames is there after a wait") {
    on_worker(0, [] {
        constexpr int many = 50;
        fiber_group fibers(worker::current()->stacks());
        std::vector<std::unique_ptr<channel<int>>> bells;
        std::vector<int> sums(many);
        for (int i = 0; i < many; ++i) {
            bells.push_back(std::make_unique<channel<int>>(1));
            fibers.spawn(compact, [&sums, i, bell = bells.back().get()] {
                sums[static_cast<std::size_t>(i)] =
                    wait_deep(i % 12, i, *bell) + wait_deep(i % 5, i, *bell);
            });
        }
        fibercast::yield();
        for (int round = 0; round < 2; ++round) {
            for (int i = many; i-- > 0;) bells[static_cast<std::size_t>(i)]->push(1);
            fibercast::yield();
        }
        fibers.join();
        for (int i = 0; i < many; ++i)
            CHECK(sums[static_cast<std::size_t>(i)] == i * (i % 12 + 1 + i % 5 + 1));
    });
}

TEST_CASE_METHOD(with_workers, "the function object of a compact fiber stays where it is") {
    struct member {
        explicit member(std::vector<member*>& to) : all(to) { all.push_back(this); }
        void operator()() {
            for (int item = 0; box.pop(item);) sum += item;
            all[0] = sum == 3 ? nullptr : this;
        }
        std::vector<member*>& all;
        channel<int> box{1};
        int sum = 0;
    };
    on_worker(0, [] {
        fiber_group fibers(worker::current()->stacks());
        std::vector<member*> all;
        fibers.emplace<member>(compact, all);
        REQUIRE(all.size() == 1);
        for (int i = 0; i < 3; ++i) {
            all[0]->box.push(1);
            fibercast::yield();
        }
        all[0]->box.close();
        fibers.join();
        CHECK(all[0] == nullptr);
    });
}

TEST_CASE_METHOD(with_workers, "a compact fiber that throws ends, and the log says why") {
    captured_log log;
    on_worker(0, [] {
        fiber_group fibers(worker::current()->stacks());
        channel<int> bell(1);
        fibers.spawn(compact, [&] {
            wait_deep(3, 1, bell);
            throw std::runtime_error("after a wait");
        });
        fibercast::yield();
        bell.push(1);
        fibers.join();
    });
    CHECK_THAT(log.text(), ContainsSubstring("after a wait"));
}

TEST_CASE_METHOD(with_workers, "a compact fiber may wait inside a catch block") {
    on_worker(0, [] {
        fiber_group fibers(worker::current()->stacks());
        std::vector<std::unique_ptr<channel<int>>> bells;
        std::vector<std::string> found(3);
        for (std::size_t i = 0; i < found.size(); ++i) {
            bells.push_back(std::make_unique<channel<int>>(1));
            fibers.spawn(compact, [&, i] {
                try {
                    throw std::runtime_error(std::to_string(i));
                } catch (...) {
                    int item = 0;
                    bells[i]->pop(item);
                    try {
                        std::rethrow_exception(std::current_exception());
                    } catch (std::exception const& mine) {
                        found[i] = mine.what();
                    }
                }
            });
        }
        fibercast::yield();
        CHECK(std::current_exception() == nullptr);
        for (auto const& each : bells) {
            each->push(1);
            fibercast::yield();
        }
        fibers.join();
        CHECK(found == std::vector<std::string>{"0", "1", "2"});
    });
}

TEST_CASE_METHOD(with_workers, "a compact fiber goes as deep as a handler, and waits there") {
    on_worker(0, [] {
        fiber_group fibers(worker::current()->stacks());
        channel<int> bell(1);
        int depth = 0;
        int sum = 0;
        fibers.spawn(compact, [&] { depth = dig(100); });
        fibers.spawn(compact, [&] {
            sum = fibercast::on_handler_stack([&bell] { return wait_deep(1'000, 2, bell); });
        });
        fibers.spawn(compact, [&] { fibercast::sleep_for(1ms); });
        fibercast::yield();
        bell.push(1);
        fibers.join();
        CHECK(depth == 100 * 101 / 2);
        CHECK(sum == 2'002);
    });
}

TEST_CASE_METHOD(with_workers, "a compact fiber's thread-locals are those of its worker") {
    thread_local int mine = 0;
    on_worker(0, [] {
        fiber_group fibers(worker::current()->stacks());
        int* const here = &mine;
        for (int i = 0; i < 3; ++i) {
            fibers.spawn(compact, [here] {
                fibercast::yield();
                CHECK(&mine == here);
                fibercast::sleep_for(1ms);
                CHECK(&mine == here);
            });
        }
        fibers.join();
    });
}

TEST_CASE("a compact fiber needs a worker") {
    fibercast::stack_pool stacks;
    fiber_group fibers(stacks);
    CHECK_THROWS_AS(fibers.spawn(compact, [] {}), std::logic_error);
    CHECK(fibers.size() == 0);
}
