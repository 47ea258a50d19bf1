#include <fibercast/runtime/blocking.hpp>
#include <fibercast/runtime/channel.hpp>
#include <fibercast/runtime/compact.hpp>
#include <fibercast/runtime/fiber_census.hpp>
#include <fibercast/runtime/fiber_group.hpp>
#include <fibercast/runtime/one_shot.hpp>
#include <fibercast/runtime/sleep.hpp>

#include "support/catch.hpp"
#include "support/eventually.hpp"
#include "support/with_workers.hpp"

#include <future>
#include <memory>

using namespace fibercast;
using namespace std::chrono_literals;

namespace {

std::size_t waiting_here(wait_for what) { return fiber_census::here().of(what).fibers; }

}  // namespace

TEST_CASE("the fibers of a worker are counted by what they wait for") {
    worker_pool pool({.workers = 1});
    std::promise<void> unblock;
    pool[0].call([&] {
        auto const own = waiting_here(wait_for::work);
        channel<int> empty(1), full(1);
        while (full.try_push(1) == push_result::taken) {
        }
        parking_spot spot;
        one_shot happens;
        fiber_group fibers(pool[0].stacks()), joining(pool[0].stacks());
        for (int i = 0; i < 3; ++i)
            fibers.spawn([&] {
                int item = 0;
                empty.pop(item);
            });
        fibers.spawn([&] {
            int item = 0;
            empty.pop(item, after(1h));
        });
        fibers.spawn([&] { full.push(1); });
        fibers.spawn([&] { full.push(1, after(1h)); });
        fibers.spawn([&] { spot.park(); });
        fibers.spawn([&] { happens.wait(); });
        fibers.spawn([&] { blocking([&] { unblock.get_future().wait(); }); });
        joining.spawn([&] { fibers.join(); });
        joining.spawn([&] { sleep_for(10ms); });
        yield();
        CHECK(waiting_here(wait_for::item) == 4);
        CHECK(waiting_here(wait_for::room) == 2);
        CHECK(waiting_here(wait_for::something) == 1);
        CHECK(waiting_here(wait_for::other_thread) == 1);
        CHECK(waiting_here(wait_for::blocking) == 1);
        CHECK(waiting_here(wait_for::fibers) == 1);
        CHECK(waiting_here(wait_for::work) == own);
        CHECK(eventually([&] { return waiting_here(wait_for::time) == 0; }));
        empty.close();
        full.close();
        spot.unpark();
        happens.set();
        unblock.set_value();
        joining.join();
        CHECK(waiting_here(wait_for::item) == 0);
        CHECK(waiting_here(wait_for::fibers) == 0);
    });
}

TEST_CASE("how long the longest of them has waited is known, and a new wait begins anew") {
    worker_pool pool({.workers = 1});
    pool[0].call([&] {
        auto const longest = [] { return fiber_census::here().of(wait_for::item).longest; };
        channel<int> items(1);
        fiber_group fibers(pool[0].stacks());
        fibers.spawn([&] {
            for (int item = 0; items.pop(item);) {
            }
        });
        auto const begun = std::chrono::steady_clock::now();
        sleep_for(50ms);
        auto const waited = longest();
        CHECK(waited >= 40ms);
        CHECK(waited <= std::chrono::steady_clock::now() - begun + 10ms);
        items.push(1);
        CHECK(eventually([&] { return longest() < waited; }));
        items.close();
        fibers.join();
    });
}

TEST_CASE("fibers of all workers are counted, and a worker that is blocked is named") {
    worker_pool pool({.workers = 2});
    std::promise<void> blocked, unblock;
    auto const handles = pool.handles();
    CHECK(count_fibers(handles, after(30s)).silent.empty());
    pool[0].post([&] {
        blocked.set_value();
        unblock.get_future().wait();
    });
    blocked.get_future().wait();
    auto const counted = count_fibers(handles, after(20ms));
    CHECK(std::find(counted.silent.begin(), counted.silent.end(), 0u) != counted.silent.end());
    unblock.set_value();
    CHECK(count_fibers(handles, after(30s)).silent.empty());
    pool.stop();
    auto const none = count_fibers(handles, after(30s));
    CHECK(none.silent.empty());
    CHECK(none.all.of(wait_for::work).fibers == 0);
}

TEST_CASE("a fiber that said what it waits for, and then did not have to, ends well") {
    worker_pool pool({.workers = 1});
    pool[0].call([&] {
        channel<int> closed(1), roomy(1);
        closed.close();
        fiber_group fibers(pool[0].stacks());
        boost::fibers::fiber foreign([&] {  // not of a group
            int item = 0;
            closed.pop(item);
        });
        fibers.spawn([&] {
            int item = 0;
            closed.pop(item);
        });
        fibers.spawn([&] { roomy.push(1, after(1h)); });
        foreign.join();
        fibers.join();
        CHECK(waiting_here(wait_for::item) == 0);
        CHECK(waiting_here(wait_for::room) == 0);
    });
}

TEST_CASE("compact fibers are counted by what they wait for, too") {
    worker_pool pool({.workers = 1});
    pool[0].call([&] {
        auto const waiting = [](wait_for what) { return fiber_census::here().compact(what); };
        channel<int> items(1);
        auto const spot = std::make_unique<parking_spot>();
        fiber_group fibers(pool[0].stacks());
        for (int i = 0; i < 3; ++i)
            fibers.spawn(compact, [&items] {
                int item = 0;
                items.pop(item);
            });
        fibers.spawn(compact, [&items] {
            int item = 0;
            items.pop(item, after(1h));
        });
        fibers.spawn(compact, [at = spot.get()] { at->park(); });
        fibers.spawn(compact, [] { sleep_for(50ms); });
        CHECK(waiting(wait_for::turn) == 6);
        CHECK(eventually([&] { return waiting(wait_for::turn) == 0; }));
        CHECK(waiting(wait_for::item) == 4);
        CHECK(waiting(wait_for::something) == 1);
        CHECK(eventually([&] { return waiting(wait_for::time) == 0; }));
        spot->unpark();
        items.push(1);
        CHECK(eventually([&] { return fibers.size() == 3; }));
        CHECK(waiting(wait_for::item) == 3);
        CHECK(waiting(wait_for::something) == 0);
        items.close();
        fibers.join();
        CHECK(waiting(wait_for::item) == 0);
    });
}

TEST_CASE("a fiber that ends while others wait is counted no more") {
    worker_pool pool({.workers = 1});
    pool[0].call([&] {
        fiber_group fibers(pool[0].stacks());
        channel<int> items(1);
        for (int i = 0; i < 1'000; ++i)
            fibers.spawn([&] {
                int item = 0;
                items.pop(item);
            });
        yield();
        CHECK(waiting_here(wait_for::item) == 1'000);
        for (int i = 0; i < 999; ++i) items.push(1);
        CHECK(eventually([&] { return fibers.size() == 1; }));
        CHECK(waiting_here(wait_for::item) == 1);
        items.close();
        fibers.join();
        CHECK(waiting_here(wait_for::item) == 0);
    });
}
