// What does a waiting fiber cost, and waking it? No sockets: each fiber has a channel of its own
// and waits there. The figures of one worker on one core.
#include "commands.hpp"
#include "cpu_time.hpp"
#include "machine.hpp"
#include "memory_use.hpp"
#include "scoreboard.hpp"

#include <fibercast/runtime/channel.hpp>
#include <fibercast/runtime/fiber_group.hpp>
#include <fibercast/runtime/sleep.hpp>
#include <fibercast/runtime/worker_pool.hpp>

#include <fmt/format.h>
#include <unistd.h>

#include <cstdint>
#include <stdexcept>
#include <vector>

namespace bench {
namespace {

using mailbox = fibercast::channel<std::uint32_t>;
using clock = std::chrono::steady_clock;

/// Fibers that wait, each on a channel of its own, and count what they are sent. Lives on a worker.
class crowd {
public:
    explicit crowd(fibercast::stack_pool& stacks, int size) : fibers_(stacks) {
        mailboxes_.reserve(size);
    }

    void gather(int size) {
        for (int i = 0; i < size; ++i) {
            fibers_.spawn([this] { wait(); });
            if (i % 1024 == 0) fibercast::yield();
        }
        while (mailboxes_.size() < static_cast<std::size_t>(size)) fibercast::yield();
    }

    void wake_all() {
        for (std::size_t i = 0; i < mailboxes_.size(); ++i) {
            mailboxes_[i]->try_push(1);
            if (i % 256 == 255) fibercast::yield();
        }
        fibercast::yield();
    }

    void close_all() {
        for (auto* const each : mailboxes_) each->close();
        fibers_.join();
    }

    std::uint64_t woken() const { return woken_; }

private:
    void wait() {
        mailbox own(2);
        mailboxes_.push_back(&own);
        std::uint32_t item = 0;
        while (own.pop(item)) woken_ += item;
    }

    std::vector<mailbox*> mailboxes_;
    std::uint64_t woken_ = 0;
    fibercast::fiber_group fibers_;
};

double seconds_since(clock::time_point start) {
    return std::chrono::duration<double>(clock::now() - start).count();
}

std::vector<reading> one_round(fibercast::worker& home, int count) {
    double const each = count;
    auto const before = memory_use_of(::getpid());
    crowd all(home.stacks(), count);
    auto start = clock::now();
    all.gather(count);
    auto const spawned = seconds_since(start);
    auto const used = memory_use_of(::getpid()) - before;

    all.wake_all();  // not timed: the first pass also loads what the memory reading has pushed out
    auto const woken_before = all.woken();
    start = clock::now();
    all.wake_all();
    auto const woken = seconds_since(start);
    if (all.woken() - woken_before != static_cast<std::uint64_t>(count))
        throw std::runtime_error("not every fiber was woken");

    start = clock::now();
    all.close_all();
    return {{"PSS per fiber", "bytes", used.pss / each},
            {"page tables per fiber", "bytes", used.page_tables / each},
            {"spawned and parked", "M/s", each / spawned / 1e6},
            {"woken", "M/s", each / woken / 1e6},
            {"closed and ended, all", "s", seconds_since(start)}};
}

}  // namespace

int run_fibers(options const& settings) {
    print_machine();
    fmt::print("fibers     {} on one worker, {} rounds\n\n", settings.fibers, settings.rounds);
    pin_to(settings.server_cores);
    scoreboard board;
    for (int round = 0; round < settings.rounds; ++round) {
        fibercast::worker_pool pool({.workers = 1});  // new each time: memory starts from nothing
        board.add("fibercast", pool[0].call([&] { return one_round(pool[0], settings.fibers); }));
    }
    board.print();
    return 0;
}

}  // namespace bench
