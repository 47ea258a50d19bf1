#include "sse/hub_under_test.hpp"
#include "support/eventually.hpp"

#include <fibercast/runtime/sleep.hpp>

#include <chrono>
#include <string>
#include <vector>

using fibercast::end_reason;
using fibercast::event;
using fibercast::hub;
using fibercast::hub_options;
using fibercast::overflow;
using fibercast::send_result;
using namespace std::chrono_literals;

namespace {

using texts = std::vector<std::string>;

hub_options with_policy(overflow policy) {
    auto settings = hub_under_test::without_heartbeat();
    settings.channel_capacity = 3;
    settings.overflow = policy;
    return settings;
}

texts numbers(int from, int to) {
    texts all;
    for (int i = from; i <= to; ++i) all.push_back(std::to_string(i));
    return all;
}

/// What tells a client of events that its policy has thrown away, where they were.
std::string dropped(int events) {
    return "{\"reason\":\"dropped\",\"missed\":" + std::to_string(events) + ",\"after\":null}";
}

/// A client that takes nothing among others that do.
struct with_a_stalled_client : hub_under_test {
    explicit with_a_stalled_client(overflow policy)
        : hub_under_test(with_policy(policy)),
          neighbour(connect(0)),
          slow(connect(0)),
          elsewhere(connect(1)) {
        slow.block();
        broadcast("1");  // in the hands of its fiber
        while (!slow.stalled()) continue;
    }

    /// Each is in the clients' channels before the next is sent.
    void broadcast_numbers(int from, int to) {
        for (auto const& each : numbers(from, to)) {
            broadcast(each);
            CHECK(hub.flush(fibercast::after(30s)));
        }
    }

    void check_others_got(int last) {
        for (memory_client* const each : {&neighbour, &elsewhere}) {
            CHECK(each->wait_for(std::to_string(last)));
            CHECK(each->received() == numbers(1, last));
        }
    }

    memory_client& neighbour;
    memory_client& slow;
    memory_client& elsewhere;
};

}  // namespace

TEST_CASE("disconnect ends a stalled client and no other") {
    with_a_stalled_client test(overflow::disconnect);
    test.broadcast_numbers(2, 4);
    CHECK(test.slow.connected());
    test.broadcast_numbers(5, 9);
    CHECK(test.slow.wait_for_end());
    CHECK_FALSE(test.slow.connected());
    CHECK(test.slow.received().empty());
    test.check_others_got(9);
    CHECK(test.hub.size() == 2);
    CHECK(test.hub.stats().ended_by(end_reason::slow) == 1);
    CHECK(test.hub.stats().dropped == 0);
}

TEST_CASE("drop_oldest leaves a stalled client the newest events") {
    with_a_stalled_client test(overflow::drop_oldest);
    test.broadcast_numbers(2, 9);
    test.check_others_got(9);
    CHECK(test.hub.stats().dropped == 5);
    test.slow.unblock();
    CHECK(test.slow.wait_for("9"));
    CHECK(test.slow.received() == texts{"1", dropped(5), "7", "8", "9"});
    CHECK(test.hub.stats().ended_by(end_reason::slow) == 0);
    CHECK(test.hub.size() == 3);
}

TEST_CASE("what came in one burst is dropped together, and counted one by one") {
    auto const policy = GENERATE(overflow::drop_oldest, overflow::drop_newest);
    with_a_stalled_client test(policy);
    for (int first = 2; first < 52; first += 10) {  // five bursts, for three places
        test.pool[0].call([&] {
            for (auto const& each : numbers(first, first + 9)) test.broadcast(each);
        });
        CHECK(test.hub.flush(fibercast::after(30s)));
    }
    test.check_others_got(51);
    CHECK(test.hub.stats().dropped == 20);
    test.slow.unblock();
    bool const newest = policy == overflow::drop_oldest;
    CHECK(test.slow.wait_for(newest ? "51" : "31"));
    auto expected = newest ? numbers(22, 51) : numbers(2, 31);
    if (newest) expected.insert(expected.begin(), dropped(20));
    expected.insert(expected.begin(), "1");
    CHECK(test.slow.received() == expected);
}

TEST_CASE("drop_newest leaves a stalled client the oldest events") {
    with_a_stalled_client test(overflow::drop_newest);
    test.broadcast_numbers(2, 9);
    test.check_others_got(9);
    CHECK(test.hub.stats().dropped == 5);
    test.slow.unblock();
    CHECK(test.slow.wait_for("4"));
    test.broadcast_numbers(10, 10);
    CHECK(test.slow.wait_for("10"));
    CHECK(test.slow.received() == texts{"1", "2", "3", "4", dropped(5), "10"});
    CHECK(test.hub.size() == 3);
}

TEST_CASE("block makes its worker wait for a stalled client and loses nothing") {
    with_a_stalled_client test(overflow::block);
    test.broadcast_numbers(2, 4);  // as many as its outbox holds
    for (auto const& each : numbers(5, 50)) test.broadcast(each);
    CHECK(test.elsewhere.wait_for("50"));
    CHECK_FALSE(test.hub.flush(fibercast::after(5ms)));
    CHECK(test.slow.received().empty());
    test.slow.unblock();
    CHECK(test.slow.wait_for("50"));
    CHECK(test.hub.flush(fibercast::after(30s)));
    CHECK(test.slow.received() == numbers(1, 50));
    test.check_others_got(50);
    CHECK(test.hub.stats().dropped == 0);
    CHECK(test.hub.stats().ended_by(end_reason::slow) == 0);
}

TEST_CASE("a stalled client that goes frees the worker that waited for it") {
    with_a_stalled_client test(overflow::block);
    test.broadcast_numbers(2, 4);  // as many as its outbox holds
    for (auto const& each : numbers(5, 50)) test.broadcast(each);
    CHECK(test.elsewhere.wait_for("50"));
    test.slow.go_away();
    CHECK(test.hub.flush(fibercast::after(30s)));
    test.check_others_got(50);
    CHECK(test.hub.size() == 2);
}

TEST_CASE("a client that is only late is not treated as slow") {
    auto const policy =
        GENERATE(overflow::disconnect, overflow::drop_oldest, overflow::drop_newest);
    hub_under_test test(with_policy(policy));
    auto& one = test.connect(0);
    // Its fiber gets no turn meanwhile, except when the outbox is full.
    test.pool[0].call([&] {
        for (auto const& each : numbers(1, 100)) one.send(event(each));
    });
    CHECK(one.wait_for("100"));
    CHECK(one.received() == numbers(1, 100));
    CHECK(test.hub.stats().dropped == 0);
    CHECK(test.hub.size() == 1);
}

TEST_CASE("before its stream starts a client takes as much as its outbox holds") {
    auto const [policy, answer] = GENERATE(table<overflow, send_result>({
        {overflow::block, send_result::timed_out},
        {overflow::disconnect, send_result::gone},
        {overflow::drop_oldest, send_result::taken},
        {overflow::drop_newest, send_result::dropped},
    }));
    hub_under_test test(with_policy(policy));
    test.pool[0].call([&, policy = policy, answer = answer] {
        auto one = test.hub.join();
        for (auto const& each : numbers(1, 3)) CHECK(one.send(event(each)) == send_result::taken);
        CHECK(one.send(event("4")) == answer);
        CHECK(one.connected() == (policy != overflow::disconnect));
        CHECK(test.hub.size() == (policy == overflow::disconnect ? 0 : 1));
    });
}

TEST_CASE("sending to a stalled client under block waits until it takes") {
    with_a_stalled_client test(overflow::block);
    bool sent = false;
    test.pool[0].post([&] {
        test.pool[0].fibers().spawn([&] {
            for (auto const& each : numbers(2, 5)) test.hub.send(test.slow.id(), event(each));
            sent = true;
        });
    });
    test.pool[0].call([&] {
        for (int i = 0; i < 100; ++i) fibercast::yield();
        CHECK_FALSE(sent);
    });
    test.slow.unblock();
    CHECK(test.slow.wait_for("5"));
    CHECK(test.slow.received() == numbers(1, 5));
    test.pool[0].call([&] { CHECK(eventually([&] { return sent; })); });
}
