// Broadcasts and sends have one order, in which each client has a place.

#include "sse/hub_under_test.hpp"

#include <chrono>
#include <string>
#include <thread>
#include <vector>

using fibercast::event;
using fibercast::send_result;
using namespace std::chrono_literals;

using texts = std::vector<std::string>;

TEST_CASE("a send does not overtake the broadcasts before it") {
    hub_under_test test;
    for (int i = 0; i < 200; ++i) test.connect(0);
    auto& visited_last = *test.clients.front();
    texts expected;
    for (int i = 0; i < 20; ++i) {
        auto const all = "to all " + std::to_string(i), one = "to one " + std::to_string(i);
        test.broadcast(all);
        CHECK(test.hub.send(visited_last.id(), event(one)) == send_result::taken);
        expected.insert(expected.end(), {all, one});
    }
    CHECK(visited_last.wait_for(expected.back()));
    CHECK(visited_last.received() == expected);
}

TEST_CASE("what a handler sends to its client does not overtake broadcasts either") {
    hub_under_test test;
    for (int i = 0; i < 200; ++i) test.connect(0);
    auto& visited_last = *test.clients.front();
    test.pool[0].call([&] {
        test.broadcast("1");
        CHECK(visited_last.send(event("2")) == send_result::taken);
        test.broadcast("3");
    });
    CHECK(visited_last.wait_for("3"));
    CHECK(visited_last.received() == texts{"1", "2", "3"});
}

TEST_CASE("an event for an id that nobody has yet is for nobody") {
    hub_under_test test;
    auto const next = test.connect(0).id() + 1;
    memory_client* late = nullptr;
    std::thread sender;
    auto result = send_result::taken;
    test.pool[0].call([&] {
        // The worker reads nothing meanwhile.
        sender = std::thread([&] { result = test.hub.send(next, event("old")); });
        while (test.hub.flush(fibercast::deadline{})) std::this_thread::yield();
        late = &test.connect(0);
        REQUIRE(late->id() == next);
        test.broadcast("new");
    });
    sender.join();
    CHECK(result == send_result::gone);
    CHECK(late->wait_for("new"));
    CHECK(late->received() == texts{"new"});
}

TEST_CASE("a client that joins between two broadcasts of a burst gets what follows") {
    hub_under_test test;
    auto& before = test.connect(0);
    memory_client* between = nullptr;
    test.pool[0].call([&] {
        // The worker reads nothing meanwhile, and then all at once.
        test.broadcast("1");
        between = &test.connect(0);
        test.broadcast("2");
        test.broadcast("3");
    });
    CHECK(before.wait_for("3"));
    CHECK(between->wait_for("3"));
    CHECK(before.received() == texts{"1", "2", "3"});
    CHECK(before.gathered_writes() == 1);
    CHECK(between->received() == texts{"2", "3"});
    CHECK(between->gathered_writes() == 1);
}

TEST_CASE("a client gets nothing that was broadcast before it joined, however late that comes") {
    auto settings = hub_under_test::without_heartbeat();
    settings.channel_capacity = 2;
    settings.overflow = fibercast::overflow::block;
    hub_under_test test(settings);
    auto& stuck = test.connect(0);
    stuck.block();
    for (int i = 0; i < 60; ++i) {
        test.broadcast("old " + std::to_string(i));
        test.hub.flush(fibercast::after(1ms));  // so that they come one by one
    }
    auto& late = test.connect(0);
    CHECK(test.hub.kick(stuck.id()));
    test.broadcast("new");
    CHECK(late.wait_for("new"));
    CHECK(late.received() == texts{"new"});
}
