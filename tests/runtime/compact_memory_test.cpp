#include "runtime/failing_regions.hpp"
#include "support/eventually.hpp"
#include "support/sanitizer.hpp"
#include "support/with_workers.hpp"

#include <fibercast/runtime/channel.hpp>

#include "runtime/carrier.hpp"

#include <memory>
#include <new>
#include <vector>

using fibercast::channel;
using fibercast::compact;
using fibercast::fiber_group;
using fibercast::worker;

namespace {

/// Two channels to wait at, and how many have got there and have ended.
struct crowd {
    int waiting = 0, deep = 0, ended = 0;
    channel<int> first{1 << 16}, second{1 << 16};
    fiber_group fibers{worker::current()->stacks()};
};

/// Waits with about three kilobytes of frames, or of frames and their shadow.
[[gnu::noinline]] void wait_deep(crowd& in) {
    char volatile large[under_address_sanitizer ? 1'500 : 3'000] = {1};
    int item = 0;
    ++in.deep;
    in.second.pop(item);
    in.ended += large[0];
}

void wait_twice(crowd& in) {
    int item = 0;
    ++in.waiting;
    in.first.pop(item);
    wait_deep(in);
}

}  // namespace

TEST_CASE("without memory no compact fiber is spawned, and those that are there go on") {
    failing_regions source(3);  // the reserve, and two
    fibercast::worker_pool pool({.workers = 1, .side_threads = 1});
    pool[0].call([&] {
        crowd in;
        int spawned = 0;
        try {
            for (;; ++spawned) {
                in.fibers.spawn(compact, [&in] { wait_twice(in); });
                if (spawned % 100 == 99) fibercast::yield();
            }
        } catch (std::bad_alloc const&) {
        }
        CHECK(spawned >= 1'000);
        CHECK(in.fibers.size() == static_cast<std::size_t>(spawned));
        REQUIRE(eventually([&] { return in.waiting == spawned; }));

        // They all want more than they have now, and more than the reserve is.
        for (int i = 0; i < spawned; ++i) in.first.push(1);
        for (int i = 0; i < 100; ++i) fibercast::yield();
        CHECK(in.deep > 100);
        CHECK(in.deep < spawned);
        CHECK_THROWS_AS(in.fibers.spawn(compact, [] {}), std::bad_alloc);
        CHECK(in.fibers.size() == static_cast<std::size_t>(spawned));

        source.allow(1'000);
        REQUIRE(eventually([&] { return in.deep == spawned; }));
        for (int i = 0; i < spawned; ++i) in.second.push(1);
        in.fibers.join();
        CHECK(in.ended == spawned);
        in.fibers.spawn(compact, [&in] { ++in.ended; });
        in.fibers.join();
        CHECK(in.ended == spawned + 1);
    });
    pool.stop();
    CHECK(source.mapped() == 0);
}

TEST_CASE("a worker without memory for a carrier spawns none, and later one") {
    failing_regions source(0);
    fibercast::worker_pool pool({.workers = 1, .side_threads = 1});
    pool[0].call([&] {
        fiber_group fibers(worker::current()->stacks());
        bool ran = false;
        CHECK_THROWS_AS(fibers.spawn(compact, [&] { ran = true; }), std::bad_alloc);
        CHECK(fibers.size() == 0);
        source.allow(2);
        fibers.spawn(compact, [&] { ran = true; });
        fibers.join();
        CHECK(ran);
    });
}

TEST_CASE_METHOD(with_workers, "the memory of compact fibers that have ended goes back") {
    on_worker(0, [] {
        auto const& heap = fibercast::carrier::here().heap();
        crowd in;
        // ThreadSanitizer knows 8,128 fibers at most.
        constexpr int many = under_thread_sanitizer ? 2'000 : 50'000;
        for (int i = 0; i < many; ++i) {
            in.fibers.spawn(compact, [&in] { wait_twice(in); });
            if (i % 256 == 255) fibercast::yield();
        }
        CHECK(eventually([&] { return in.waiting == many; }));
        CHECK(heap.resident() > std::size_t{many} * 100);
        in.first.close();
        in.second.close();
        in.fibers.join();
        CHECK(in.ended == many);
        CHECK(eventually([&] { return heap.resident() <= 1 << 20; }));
    });
}
