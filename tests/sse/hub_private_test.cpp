// Private events: live, in bursts, of the history, and for clients that are behind.

#include "sse/hub_under_test.hpp"
#include "sse/some_rights.hpp"
#include "support/eventually.hpp"

#include <chrono>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

using fibercast::audience;
using fibercast::event;
using fibercast::event_topic;
using namespace std::chrono_literals;
using texts = std::vector<std::string>;

namespace {

struct with_rights : hub_under_test {
    explicit with_rights(fibercast::hub_options settings = hub_under_test::with_history(100))
        : hub_under_test(settings) {}

    memory_client& subscribe(rights_ptr rights, texts topics = {"*"}, std::string behind = {}) {
        return connect(0, {.topics = std::move(topics),
                           .rights = std::move(rights),
                           .last_event_id = std::move(behind)});
    }
    std::string publish(std::vector<event_topic> topics, std::string const& text, bool is_private) {
        return hub
            .publish({.topics = std::move(topics), .what = event(text), .is_private = is_private})
            .value();
    }
    std::string in_public(std::string const& topic, std::string const& text) {
        return publish({{topic}}, text, false);
    }
    std::string in_private(std::string const& topic, std::string const& text) {
        return publish({{topic}}, text, true);
    }
};

}  // namespace

TEST_CASE("a private event reaches those who have subscribed to it and may read it") {
    with_rights test;
    auto& general = test.connect(0);
    auto& none = test.subscribe(nullptr);
    auto& a = test.subscribe(rights_to({"a"}));
    auto& b = test.subscribe(rights_to({"b"}));
    auto& not_listening = test.subscribe(rights_to({"a"}), {"b"});
    test.in_private("a", "1");
    test.publish({{"a"}, {"b"}}, "2", true);
    test.in_public("a", "3");
    test.in_private("c", "4");
    test.hub.broadcast(event("5"));
    for (auto& each : test.clients) CHECK(each->wait_for("5"));
    CHECK(general.received() == texts{"5"});
    CHECK(none.received() == texts{"3", "5"});
    CHECK(a.received() == texts{"1", "2", "3", "5"});
    CHECK(b.received() == texts{"2", "3", "5"});
    CHECK(not_listening.received() == texts{"2", "5"});
    CHECK(test.hub.stats().gaps == 0);
    CHECK_THROWS_AS(test.publish({}, "x", true), std::invalid_argument);
}

TEST_CASE("in a burst what is private is joined with nothing that others get") {
    with_rights test;
    auto& none = test.subscribe(nullptr);
    auto& a = test.subscribe(rights_to({"a"}));
    test.pool[0].call([&] {
        test.in_public("a", "1");
        test.in_public("a", "2");
        test.in_private("a", "3");
        test.in_private("a", "4");
        test.in_public("a", "5");
        test.in_private("b", "6");
        test.hub.broadcast(event("7"));
    });
    CHECK(none.wait_for("7"));
    CHECK(a.wait_for("7"));
    CHECK(none.received() == texts{"1", "2", "5", "7"});
    CHECK(a.received() == texts{"1", "2", "3", "4", "5", "7"});
}

TEST_CASE("of the history each gets what it may read now, whoever has read it before") {
    with_rights test;
    auto const first = test.hub.broadcast(event("0")).value().text();
    test.in_public("a", "1");
    test.in_private("a", "2");
    test.in_private("b", "3");
    test.in_public("b", "4");
    auto const a = rights_to({"a"});
    std::vector<std::pair<rights_ptr, texts>> const all = {
        {a, {"1", "2", "4"}},
        {nullptr, {"1", "4"}},
        {rights_to({"b"}), {"1", "3", "4"}},
        {a, {"1", "2", "4"}},
        {rights_to({"a", "b"}), {"1", "2", "3", "4"}},
        {nullptr, {"1", "4"}}};
    // All at once, so that pieces of the history are remembered.
    test.pool[0].call([&] {
        for (auto const& [rights, expected] : all) test.subscribe(rights, {"*"}, first);
    });
    for (std::size_t i = 0; i < all.size(); ++i) {
        CAPTURE(i);
        CHECK(test.clients[i]->wait_for("4"));
        CHECK(test.clients[i]->received() == all[i].second);
    }
    CHECK(a->asked() == 2);  // once for two clients, and for each event
}

TEST_CASE("what has nothing private in it is read once, whatever rights who reads it has") {
    with_rights test;
    auto const first = test.hub.broadcast(event("0")).value().text();
    test.in_public("a", "1");
    test.in_private("b", "hidden");
    auto const one = rights_to({"a"}), other = rights_to({"b"});
    for (auto const& each : {one, other}) test.subscribe(each, {"a"}, first);
    for (auto& each : test.clients) {
        CHECK(each->wait_for("1"));
        CHECK(each->received() == texts{"1"});
    }
    CHECK(one->asked() == 0);
    CHECK(other->asked() == 0);
}

TEST_CASE("who is behind gets what it may read when it catches up") {
    auto settings = hub_under_test::with_history(100);
    settings.channel_capacity = 2;
    with_rights test(settings);
    auto& a = test.subscribe(rights_to({"a"}));
    auto& none = test.subscribe(nullptr);
    for (auto* const each : {&a, &none}) each->block();
    texts all, in_public;
    for (int i = 1; i <= 20; ++i) {
        auto const text = std::to_string(i);
        i % 3 == 0 ? test.in_private("a", text) : test.in_public("a", text);
        CHECK(test.hub.flush(fibercast::after(30s)));
        all.push_back(text);
        if (i % 3 != 0) in_public.push_back(text);
    }
    CHECK(test.hub.stats().fell_behind == 2);
    for (auto* const each : {&a, &none}) each->unblock();
    CHECK(a.wait_for("20"));
    CHECK(none.wait_for("20"));
    CHECK(a.received() == all);
    CHECK(none.received() == in_public);
    CHECK(test.hub.stats().gaps == 0);
}

TEST_CASE("a loss that a client is told of counts nothing that it may not read") {
    auto settings = hub_under_test::with_history(100);
    settings.channel_capacity = 1;
    settings.overflow = fibercast::overflow::drop_newest;
    with_rights test(settings);
    auto& none = test.subscribe(nullptr);
    test.in_public("a", "1");
    CHECK(none.wait_for("1"));
    none.block();
    for (auto const* const each : {"2", "3", "4", "5"}) {
        test.in_public("a", each);
        test.in_private("a", each);
        CHECK(test.hub.flush(fibercast::after(30s)));
    }
    none.unblock();
    CHECK(eventually([&] { return test.hub.find(none.id())->queued == 0; }));
    auto const lost = test.hub.stats().dropped;
    CHECK(lost >= 2);
    CHECK(lost <= 4);
    test.in_public("a", "6");
    CHECK(none.wait_for("6"));
    auto const told = "\"missed\":" + std::to_string(lost) + ",";
    CHECK_THAT(none.text(), ContainsSubstring(told));
}

TEST_CASE("an audience counts those who may read") {
    with_rights test;
    for (auto const& each : {rights_to({"a"}), rights_to({"b"}), rights_ptr()})
        test.subscribe(each);
    audience all;
    test.hub.publish({.topics = {{"a"}}, .what = event("x"), .is_private = true}, fibercast::never,
                     &all);
    CHECK(all.wait(fibercast::after(30s)) == 1);
}

TEST_CASE("rights are asked once for an event, also of who has subscribed to it twice") {
    with_rights test;
    auto const rights = rights_to({"a/1"});
    auto& twice = test.subscribe(rights, {"a/*", "a/1", "*"});
    test.in_private("a/1", "1");
    CHECK(twice.wait_for("1"));
    CHECK(test.hub.flush(fibercast::after(30s)));
    CHECK(rights->asked() == 1);
}
