#include "sse/hub_under_test.hpp"
#include "support/sanitizer.hpp"

#include <atomic>
#include <latch>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <vector>

namespace {

constexpr bool slow = under_thread_sanitizer || under_address_sanitizer;

/// To each worker.
constexpr int visits = slow ? 60 : 300;

/// How many broadcasts there may be before so many visitors have come. What clients have received is
/// looked through again and again: without a bound the test would take the square of the time that a
/// busy machine gives its visitors.
constexpr int most_broadcasts(int visited) { return 100 + 2 * visited; }

/// The numbers that a client has received.
std::vector<int> numbers(memory_client& of) {
    std::vector<int> all;
    for (auto const& each : of.received()) all.push_back(std::stoi(each));
    return all;
}

bool contiguous(std::vector<int> const& run) {
    for (std::size_t i = 1; i < run.size(); ++i) {
        if (run[i] != run[i - 1] + 1) return false;
    }
    return true;
}

/// Clients that come to one worker and go again, in either way, until there were enough.
class visitors {
public:
    visitors(hub_under_test& test, unsigned worker)
        : test_(test), worker_(worker), random_(worker + 1) {}

    /// Counts each of them in `visited`.
    void come_and_go(std::atomic<int>& visited) {
        for (int i = 0; i < visits; ++i) {
            present_.push_back(std::make_unique<memory_client>(test_.pool[worker_], test_.hub));
            if (present_.size() > 20) one_goes();
            ++visited;
            visited.notify_one();
        }
    }

    /// How many of all have received something else than a run without gaps.
    int broken() const { return broken_; }

    /// Those that are still there wait for the last number.
    void wait_for(int last) {
        for (auto const& each : present_) {
            if (!each->wait_for(std::to_string(last)) || !contiguous(numbers(*each))) ++broken_;
        }
    }

private:
    void one_goes() {
        auto& goes = present_[random_() % present_.size()];
        if (random_() % 2 == 0) {
            test_.hub.kick(goes->id());
        } else {
            goes->go_away();
        }
        if (!goes->wait_for_end() || !contiguous(numbers(*goes))) ++broken_;
        std::swap(goes, present_.back());
        present_.pop_back();
    }

    hub_under_test& test_;
    unsigned const worker_;
    std::minstd_rand random_;
    int broken_ = 0;
    std::vector<std::unique_ptr<memory_client>> present_;
};

}  // namespace

TEST_CASE("clients that come and go during broadcasts miss none and get none twice") {
    // More on each worker than it serves in one go, so that broadcasts and changes interleave.
    constexpr std::size_t residents = slow ? 600 : 800;
    hub_under_test test;
    for (std::size_t i = 0; i < residents; ++i) test.connect();

    visitors here(test, 0);
    visitors there(test, 1);
    std::atomic<int> visited = 0;
    std::atomic<int> last = 0;
    std::latch all_sent(1);
    auto const visit = [&](visitors& some) {
        some.come_and_go(visited);
        all_sent.wait();
        some.wait_for(last);
    };
    std::thread first(visit, std::ref(here));
    std::thread second(visit, std::ref(there));
    int sent = 0;
    for (int before = 0; (before = visited) < 2 * visits || sent < 100;) {
        if (sent >= most_broadcasts(before)) {
            visited.wait(before);
            continue;
        }
        test.broadcast(std::to_string(++sent));
        if (sent % 16 == 0) test.hub.flush(fibercast::after(std::chrono::seconds(30)));
    }
    test.broadcast(std::to_string(++sent));
    last = sent;
    all_sent.count_down();
    first.join();
    second.join();
    CHECK(here.broken() == 0);
    CHECK(there.broken() == 0);

    int broken = 0;
    for (auto& each : test.clients) {
        if (!each->wait_for(std::to_string(sent))) ++broken;
        auto const all = numbers(*each);
        if (all.size() != static_cast<std::size_t>(sent) || !contiguous(all)) ++broken;
    }
    CHECK(broken == 0);
    CHECK(test.hub.stats().ended_by(fibercast::end_reason::slow) == 0);
}

TEST_CASE("a client gets every broadcast that begins after it has joined") {
    hub_under_test test;
    std::atomic<int> begun = 0;
    std::atomic<bool> done = false;
    std::thread broadcaster([&] {
        for (int i = 1; !done; ++i) {
            begun = i;
            test.broadcast(std::to_string(i));
        }
    });
    int broken = 0;
    for (std::size_t i = 0; i < 200; ++i) {
        memory_client one(test.pool[i % 2], test.hub);
        int const before = begun;
        auto const got_some = [](std::string const& text) { return !text.empty(); };
        if (!one.wait_until(got_some) || numbers(one).front() > before + 1) ++broken;
    }
    done = true;
    broadcaster.join();
    CHECK(broken == 0);
}
