#include "sse/hub_under_test.hpp"

#include <algorithm>
#include <chrono>
#include <set>
#include <string>

using fibercast::end_reason;
using namespace std::chrono_literals;

namespace {

/// The time to come back that it was told.
unsigned long retry_of(memory_client& one) {
    fibercast::testing::event_reader parser;
    parser.feed(one.text());
    return parser.retry().value_or(0);
}

}  // namespace

TEST_CASE("a drain ends all clients, each with a time of its own to come back") {
    hub_under_test test;
    constexpr std::size_t many = 50;
    for (std::size_t i = 0; i < many; ++i) test.connect();
    test.broadcast("last words");
    CHECK(test.hub.flush(fibercast::after(30s)));
    auto const over = GENERATE(0ms, 60ms);
    auto const begin = std::chrono::steady_clock::now();
    test.hub.drain(over);
    CHECK(std::chrono::steady_clock::now() - begin >= over * 9 / 10);
    CHECK(test.hub.size() == 0);
    std::set<unsigned long> times;
    for (auto& each : test.clients) {
        CHECK(each->wait_for_end());
        CHECK(each->received() == std::vector<std::string>{"last words"});
        times.insert(retry_of(*each));
    }
    CHECK(*times.begin() >= 1'000);
    CHECK(*times.rbegin() <= 1'000 + static_cast<unsigned long>(over.count()));
    if (over != 0ms) CHECK(times.size() > 5);
    CHECK(test.hub.stats().ended_by(end_reason::drained) == many);
}

TEST_CASE("a drain waits for no client, and ends whoever joins meanwhile") {
    hub_under_test test;
    auto& stuck = test.connect(0);
    stuck.block();
    test.broadcast("1");
    while (!stuck.stalled()) continue;
    for (int i = 0; i < 20; ++i) test.connect(1);
    test.clients.back()->at_next_write([&] { test.connect(1); });
    test.hub.drain(30ms);
    CHECK(test.hub.size() == 0);
}

TEST_CASE("a drain of nobody returns at once") {
    hub_under_test test;
    test.hub.drain(10s);
    test.connect(0);
    test.clients.clear();
    test.hub.drain(10s);
}
