#include "sse/shard.hpp"

#include "support/with_workers.hpp"

#include <fibercast/runtime/fiber_group.hpp>
#include <fibercast/runtime/sleep.hpp>

#include <atomic>
#include <chrono>
#include <cstddef>

using fibercast::fiber_group;
using fibercast::receipt;
using fibercast::shard;
using fibercast::yield;

TEST_CASE_METHOD(with_workers, "between events for single clients everything else has a turn") {
    constexpr std::size_t events = 64;
    on_worker(0, [&] {
        fibercast::worker& home = *fibercast::worker::current();
        fibercast::history published;
        fibercast::hub_options settings;
        settings.channel_capacity = events;
        settings.heartbeat = std::chrono::milliseconds(0);
        fibercast::ledger counted;
        std::atomic<std::size_t> population = 0;
        shard here(home, published, settings, counted, population);
        auto const one = here.join(1);
        for (std::size_t i = 0; i < events; ++i) {
            boost::intrusive_ptr<receipt> const answer(new receipt(fibercast::never));
            published.append({1, fibercast::chunk::make("x"), answer});
        }
        std::size_t turns = 0;
        bool delivered = false;
        fiber_group others(home.stacks());
        others.spawn([&] {
            for (; !delivered; ++turns) yield();
        });
        published.flush(fibercast::never);
        delivered = true;
        others.join();
        CHECK(one->info().queued == events);
        CHECK(turns >= events);
        one->end(fibercast::end_reason::finished);
        here.stop();
        while (home.fibers().size() > 1) yield();  // this one stays
    });
}
