#include "sse/hub_under_test.hpp"

#include <chrono>
#include <limits>
#include <numeric>
#include <stdexcept>

using fibercast::end_reason;
using fibercast::event;
using fibercast::hub;
using fibercast::hub_options;
using fibercast::send_result;
using namespace std::chrono_literals;

TEST_CASE("a client is in the hub from its join until it goes") {
    hub_under_test test;
    CHECK(test.hub.size() == 0);
    auto& first = test.connect(0);
    test.connect(1);
    test.connect(1);
    CHECK(test.hub.size() == 3);
    CHECK(first.connected());
    first.go_away();
    CHECK(test.hub.size() == 2);
    CHECK(first.wait_for_end());
    CHECK_FALSE(first.connected());
}

TEST_CASE("a client whose stream never starts leaves when it is destroyed") {
    hub_under_test test;
    test.pool[0].call([&] {
        auto const one = test.hub.join();
        CHECK(test.hub.size() == 1);
        auto moved = test.hub.join();
        auto const here = std::move(moved);
        CHECK(test.hub.size() == 2);
        CHECK(here.connected());
    });
    CHECK(test.hub.size() == 0);
}

TEST_CASE("a hub can be joined in a worker's fiber only") {
    hub_under_test test;
    CHECK_THROWS_AS(test.hub.join(), std::logic_error);
}

TEST_CASE("a hub refuses settings that make no sense") {
    auto const capacity = GENERATE(std::size_t{0}, std::numeric_limits<std::size_t>::max());
    hub_options settings;
    settings.channel_capacity = capacity;
    CHECK_THROWS_AS(hub(settings), std::invalid_argument);
    settings = {};
    settings.heartbeat = -1ms;
    CHECK_THROWS_AS(hub(settings), std::invalid_argument);
}

TEST_CASE("a hub takes any capacity, and a heartbeat that never comes") {
    auto settings = hub_under_test::without_heartbeat();
    settings.channel_capacity = GENERATE(std::size_t{1}, std::size_t{3}, std::size_t{100});
    settings.heartbeat = std::chrono::milliseconds::max();
    hub_under_test test(settings);
    test.pool[0].call([&] {
        auto one = test.hub.join();
        for (std::size_t i = 0; i < settings.channel_capacity; ++i)
            CHECK(one.send(event("fits")) == send_result::taken);
        CHECK(one.send(event("does not")) == send_result::gone);
    });
    auto& idle = test.connect(0);
    test.broadcast("the first thing it gets");
    CHECK(idle.wait_for("the first thing it gets"));
    CHECK(test.hub.stats().heartbeats == 0);
}

TEST_CASE("ids are not used again") {
    hub_under_test test;
    auto const first = test.connect(0).id();
    test.clients.clear();
    auto const second = test.connect(1).id();
    CHECK(first != second);
    CHECK_FALSE(test.hub.kick(first));
    CHECK(test.hub.size() == 1);
}

TEST_CASE("an event for one client reaches that client only") {
    hub_under_test test;
    auto& first = test.connect(0);
    auto& second = test.connect(1);
    CHECK(test.hub.send(second.id(), event("for you")) == send_result::taken);
    CHECK(second.wait_for("for you"));
    CHECK(first.send(event("for me")) == send_result::taken);
    CHECK(first.wait_for("for me"));
    CHECK(test.hub.send(999'999, event("for nobody")) == send_result::gone);
    CHECK(first.received() == std::vector<std::string>{"for me"});
    CHECK(second.received() == std::vector<std::string>{"for you"});
}

TEST_CASE("an event for a client that has gone is refused and the client has left") {
    hub_under_test test;
    auto& one = test.connect(0);
    one.go_away();
    CHECK(one.send(event("too late")) == send_result::gone);
    CHECK(test.hub.send(one.id(), event("too late")) == send_result::gone);
    CHECK_FALSE(one.connected());
    CHECK(test.hub.size() == 0);
}

TEST_CASE("a kicked client gets what is queued and its stream ends") {
    hub_under_test test;
    auto& one = test.connect(0);
    auto& other = test.connect(0);
    CHECK(test.hub.send(one.id(), event("goodbye")) == send_result::taken);
    CHECK(test.hub.kick(one.id()));
    CHECK(one.wait_for_end());
    CHECK(one.received() == std::vector<std::string>{"goodbye"});
    CHECK_FALSE(test.hub.kick(one.id()));
    CHECK(test.hub.size() == 1);
    CHECK(other.connected());
    CHECK(test.hub.stats().ended_by(end_reason::kicked) == 1);
}

TEST_CASE("a kicked client that takes nothing is cut") {
    hub_under_test test;
    auto& one = test.connect(0);
    one.block();
    CHECK(one.send(event("never read")) == send_result::taken);
    while (!one.stalled()) continue;
    CHECK(test.hub.kick(one.id()));
    CHECK(one.wait_for_end());
    CHECK(one.received().empty());
}

TEST_CASE("the hub knows its clients") {
    hub_under_test test;
    auto& first = test.connect(0);
    auto& second = test.connect(1);
    second.block();
    CHECK(second.send(event("1")) == send_result::taken);
    while (!second.stalled()) continue;
    CHECK(second.send(event("2")) == send_result::taken);
    CHECK(first.send(event("1")) == send_result::taken);
    CHECK(first.wait_for("1"));

    auto const all = test.hub.clients();
    REQUIRE(all.size() == 2);
    CHECK(all[0].id == first.id());
    CHECK(all[1].id == second.id());
    CHECK(all[0].peer == "192.0.2.1:4711");
    CHECK(all[0].sent == 1);
    CHECK(all[0].queued == 0);
    CHECK_FALSE(all[0].stalled);
    CHECK(all[0].connected >= 0s);
    CHECK(all[1].sent == 0);
    CHECK(all[1].queued == 1);
    CHECK(all[1].queued_bytes == event("2").encode().size());
    CHECK(all[1].stalled);
    CHECK(all[1].unsent == 1);
}

TEST_CASE("the hub counts what it has done") {
    hub_under_test test;
    for (int i = 0; i < 3; ++i) test.connect();
    test.broadcast("one");
    test.broadcast("two");
    for (auto& each : test.clients) CHECK(each->wait_for("two"));
    test.clients.pop_back();
    auto const stats = test.hub.stats();
    CHECK(stats.clients == 2);
    CHECK(stats.joined == 3);
    CHECK(stats.broadcasts == 2);
    CHECK(stats.sent == 6);
    CHECK(stats.dropped == 0);
    CHECK(stats.ended_by(end_reason::peer) == 1);
    CHECK(std::accumulate(stats.ended.begin(), stats.ended.end(), 0u) == 1);
    CHECK(stats.heartbeats == 0);
}
