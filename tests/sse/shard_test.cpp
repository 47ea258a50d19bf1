#include "sse/shard.hpp"

#include "support/with_workers.hpp"

#include <fibercast/runtime/fiber_group.hpp>
#include <fibercast/runtime/sleep.hpp>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <vector>

using fibercast::fiber_group;
using fibercast::receipt;
using fibercast::shard;
using fibercast::yield;

namespace {

/// A shard on worker 0 that nobody publishes to but the test.
class with_shard : protected with_workers {
protected:
    /// Calls `test(shard&)` in a fiber of the worker. Returns how many turns another one had.
    template <typename F>
    std::size_t turns_during(F test) {
        return on_worker(0, [&] {
            fibercast::worker& home = *fibercast::worker::current();
            shard here(home, published, settings, counted, population);
            std::size_t turns = 0;
            bool done = false;
            fiber_group others(home.stacks());
            others.spawn([&] {
                for (; !done; ++turns) yield();
            });
            test(here);
            done = true;
            others.join();
            here.stop();
            while (home.fibers().size() > 1) yield();  // this one stays
            return turns;
        });
    }

    static constexpr std::size_t many = 256;

    fibercast::sequence published;
    fibercast::hub_options const settings{.channel_capacity = many,
                                          .overflow = fibercast::overflow::disconnect,
                                          .heartbeat = std::chrono::milliseconds(0),
                                          .history = 0};
    fibercast::ledger counted;
    std::atomic<std::size_t> population = 0;
};

}  // namespace

TEST_CASE_METHOD(with_shard, "between events for single clients everything else has a turn") {
    auto const turns = turns_during([&](shard& here) {
        auto const one = here.join(1, {});
        for (std::size_t i = 0; i < many; ++i) {
            boost::intrusive_ptr<receipt> const answer(new receipt(fibercast::never));
            fibercast::event const what("x");
            auto made = published.begin(what);
            published.append({1, nullptr, answer}, made);
        }
        published.flush(fibercast::never);
        CHECK(one->info().queued == many);
        one->end(fibercast::end_reason::finished);
    });
    CHECK(turns >= many);
}

TEST_CASE_METHOD(with_shard, "while all clients are listed everything else has a turn") {
    std::vector<boost::intrusive_ptr<fibercast::member>> all;
    std::size_t listed = 0;
    auto const turns = turns_during([&](shard& here) {
        for (std::size_t i = 1; i <= many; ++i) all.push_back(here.join(i, {}));
        std::vector<fibercast::client_info> infos;
        here.append_clients(infos);
        listed = infos.size();
        for (auto const& each : all) each->end(fibercast::end_reason::finished);
        all.clear();
    });
    CHECK(listed == many);
    CHECK(turns >= 4);
}
