#include "sse/hub_under_test.hpp"
#include "support/eventually.hpp"

#include <fibercast/sse/audience.hpp>

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <string>
#include <vector>

using fibercast::audience;
using fibercast::event;
using fibercast::subscription;
using namespace std::chrono_literals;

namespace {

using texts = std::vector<std::string>;

struct with_topics : hub_under_test {
    with_topics() : hub_under_test(hub_under_test::with_history(100)) {}

    memory_client& subscribe(texts topics, std::size_t on = 0) {
        return connect(on, {.topics = std::move(topics)});
    }
    void publish(texts const& topics, std::string const& text) {
        CHECK(hub.publish(topics, event(text)));
    }
};

}  // namespace

TEST_CASE("an event reaches those who have subscribed to one of its topics, once") {
    with_topics test;
    auto& orders = test.subscribe({"orders/*", "orders/7", "*"});
    auto& seven = test.subscribe({"orders/7"}, 1);
    auto& news = test.subscribe({"news", "sport"}, 1);
    auto& general = test.connect(0);
    test.publish({"orders/7"}, "1");
    test.publish({"news", "sport"}, "2");
    test.publish({"nobody's"}, "3");
    test.broadcast("4");
    for (auto* const each : {&orders, &seven, &news, &general}) CHECK(each->wait_for("4"));
    CHECK(orders.received() == texts{"1", "2", "3", "4"});
    CHECK(seven.received() == texts{"1", "4"});
    CHECK(news.received() == texts{"2", "4"});
    CHECK(general.received() == texts{"4"});
    CHECK(test.hub.stats().published == 3);
    CHECK(test.hub.stats().broadcasts == 1);
}

TEST_CASE("in a burst each client gets its own, in order, and what is alike together") {
    with_topics test;
    auto& a = test.subscribe({"a"});
    auto& both = test.subscribe({"a", "b"});
    test.pool[0].call([&] {
        // The worker reads nothing meanwhile, and then all at once.
        for (auto const* const each : {"1", "2", "3"}) test.publish({"a"}, each);
        test.publish({"b"}, "4");
        test.broadcast("5");
        test.publish({"a"}, "6");
    });
    CHECK(a.wait_for("6"));
    CHECK(both.wait_for("6"));
    CHECK(a.received() == texts{"1", "2", "3", "5", "6"});
    CHECK(both.received() == texts{"1", "2", "3", "4", "5", "6"});
}

TEST_CASE("a client that comes back gets of the history what is about its topics") {
    with_topics test;
    auto const first = test.hub.broadcast(event("0")).value().text();
    test.publish({"a"}, "1");
    test.publish({"b"}, "2");
    test.broadcast("3");
    test.publish({"a/x"}, "4");
    auto const back = [&](texts topics) -> memory_client& {
        return test.connect(0, {.topics = std::move(topics), .last_event_id = first});
    };
    auto &a = back({"a"}), &below = back({"a/**", "b"}), &general = back({});
    test.broadcast("last");
    for (auto* const each : {&a, &below, &general}) CHECK(each->wait_for("last"));
    CHECK(a.received() == texts{"1", "3", "last"});
    CHECK(below.received() == texts{"2", "3", "4", "last"});
    CHECK(general.received() == texts{"3", "last"});
}

TEST_CASE("an audience is the sum of all that publications were handed to") {
    with_topics test;
    for (std::size_t i = 0; i < 10; ++i) test.subscribe({i < 4 ? "few" : "many"}, i % 2);
    auto const reached = [&](auto act) {
        audience all;
        act(all);
        return all.wait(fibercast::after(30s));
    };
    event const what("x");
    CHECK(reached([&](auto& all) { test.hub.publish({"few"}, what, fibercast::never, &all); }) ==
          4);
    CHECK(reached([&](auto& all) { test.hub.publish({"none"}, what, fibercast::never, &all); }) ==
          0);
    CHECK(reached([&](auto& all) { test.hub.broadcast(what, fibercast::never, &all); }) == 10);
    CHECK(reached([&](auto& all) {
              test.hub.publish({"few", "many"}, what, fibercast::never, &all);
              test.hub.publish({"many"}, what, fibercast::never, &all);
          }) == 16);
    CHECK(reached([](auto&) {}) == 0);
    CHECK(test.pool[0].call([&] {
        return reached([&](auto& all) { test.hub.broadcast(what, fibercast::never, &all); });
    }) == 10);
}

TEST_CASE("topics are listed with their clients") {
    with_topics test;
    test.subscribe({"a", "b/*", "a"}, 0);
    auto& second = test.subscribe({"a"}, 1);
    test.connect(0);
    auto const all = test.hub.topics();
    REQUIRE(all.size() == 2);
    CHECK(all[0].topic == "a");
    CHECK(all[0].clients == 2);
    CHECK(all[1].topic == "b/*");
    CHECK(all[1].clients == 1);
    CHECK(test.hub.find(second.id())->topics == texts{"a"});
    CHECK_FALSE(test.hub.find(12345));
    test.clients.clear();
    CHECK(test.hub.topics().empty());
}

TEST_CASE("subscribers leave and come while they are visited") {
    with_topics test;
    constexpr std::size_t many = 200;  // several slices
    for (std::size_t i = 0; i < many; ++i) test.subscribe({"t"});
    std::atomic<memory_client*> late = nullptr;
    test.clients.back()->at_next_write([&] {
        for (std::size_t i = 0; i < 10; ++i) test.hub.kick(test.clients[i]->id());
        late = &test.subscribe({"t"});
    });
    test.publish({"t"}, "1");
    test.publish({"t"}, "2");
    REQUIRE(eventually([&] { return late != nullptr; }));
    test.publish({"t"}, "3");
    std::size_t broken = 0;
    for (std::size_t i = 10; i < many; ++i) {
        if (!test.clients[i]->wait_for("3")) ++broken;
        if (test.clients[i]->received() != texts{"1", "2", "3"}) ++broken;
    }
    CHECK(broken == 0);
    CHECK(late.load()->wait_for("3"));
}

TEST_CASE("what is no topic is refused, and nobody has joined") {
    with_topics test;
    test.pool[0].call([&] {
        CHECK_THROWS_AS(test.hub.join({.topics = {"good", ""}}), std::invalid_argument);
        CHECK_THROWS_AS(test.hub.join({.topics = texts(101, "x")}), std::invalid_argument);
    });
    CHECK(test.hub.size() == 0);
    CHECK(test.hub.topics().empty());
    CHECK_THROWS_AS(test.hub.publish({}, event("x")), std::invalid_argument);
    CHECK_THROWS_AS(test.hub.publish({"a/*"}, event("x")), std::invalid_argument);
}
