// Every stream ends for one reason, which is counted and logged.

#include "sse/hub_under_test.hpp"
#include "support/captured_log.hpp"

#include <new>
#include <numeric>

using fibercast::end_reason;
using fibercast::event;
using fibercast::send_result;

TEST_CASE("a handler can end its own client behind what it has sent") {
    hub_under_test test;
    auto& one = test.connect(0);
    test.pool[0].call([&] {
        CHECK(one.send(event("1")) == send_result::taken);
        CHECK(one.send(event("2")) == send_result::taken);
        one.end();
        CHECK(one.send(event("too late")) == send_result::gone);
    });
    CHECK(one.wait_for_end());
    CHECK(one.received() == std::vector<std::string>{"1", "2"});
    CHECK(test.hub.size() == 0);
    CHECK(test.hub.stats().ended_by(end_reason::finished) == 1);
}

TEST_CASE("the first reason of an end counts, and only that") {
    hub_under_test test;
    auto& kicked = test.connect(0);
    test.hub.kick(kicked.id());
    kicked.go_away();
    test.connect(0).go_away();
    test.pool[0].call([&] { test.hub.join(); });  // no stream was made of it
    test.connect(1).fail_writes();
    test.broadcast("cannot be written");
    CHECK(test.clients.back()->wait_for_end());
    auto const stats = test.hub.stats();
    CHECK(stats.ended_by(end_reason::kicked) == 1);
    CHECK(stats.ended_by(end_reason::peer) == 1);
    CHECK(stats.ended_by(end_reason::finished) == 1);
    CHECK(stats.ended_by(end_reason::failed) == 1);
    CHECK(std::accumulate(stats.ended.begin(), stats.ended.end(), 0u) == stats.joined);
}

TEST_CASE("a client that should come back finds its stream unfinished") {
    hub_under_test test;
    auto& kicked = test.connect(0);
    auto& drained = test.connect(0);
    auto& done = test.connect(0);
    test.hub.kick(kicked.id());
    done.end();
    for (auto* const each : {&kicked, &done}) CHECK(each->wait_for_end());
    test.hub.drain(std::chrono::milliseconds(0));
    CHECK(drained.wait_for_end());
    CHECK(kicked.unfinished());
    CHECK(drained.unfinished());
    CHECK_FALSE(done.unfinished());
}

TEST_CASE("a stream whose output throws has failed") {
    hub_under_test test;
    auto& one = test.connect(0);
    one.at_next_write([] { throw std::bad_alloc(); });
    test.broadcast("too much");
    CHECK(one.wait_for_end());
    CHECK_FALSE(one.connected());
    CHECK(test.hub.stats().ended_by(end_reason::failed) == 1);
}

TEST_CASE("what was counted stays when the workers have stopped") {
    fibercast::hub shared(hub_under_test::without_heartbeat());
    for (std::uint64_t round = 1; round <= 3; ++round) {
        {
            fibercast::worker_pool pool({.workers = 2});
            memory_client one(pool[0], shared);
            memory_client other(pool[1], shared);
            shared.broadcast(event("hello"));
            CHECK(one.wait_for("hello"));
            CHECK(other.wait_for("hello"));
            CHECK(shared.kick(one.id()));
        }
        auto const stats = shared.stats();
        CHECK(stats.clients == 0);
        CHECK(stats.joined == 2 * round);
        CHECK(stats.broadcasts == round);
        CHECK(stats.sent == 2 * round);
        CHECK(stats.ended_by(end_reason::kicked) == round);
        CHECK(stats.ended_by(end_reason::peer) == round);
    }
}

TEST_CASE("joins and ends are logged at debug") {
    captured_log log(spdlog::level::debug);
    {
        hub_under_test test;
        auto& one = test.connect(0);
        test.broadcast("hello");
        CHECK(one.wait_for("hello"));
        test.hub.kick(one.id());
    }
    CHECK_THAT(log.text(), ContainsSubstring("client 1 joins"));
    CHECK_THAT(log.text(), ContainsSubstring("ends: kicked, after 1 events"));
}
