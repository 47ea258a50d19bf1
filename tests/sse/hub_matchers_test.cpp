// Subscribing by exact topics and by matchers, and publishing topics with two spellings.

#include "sse/ending_matcher.hpp"
#include "sse/hub_under_test.hpp"

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using fibercast::event;
using fibercast::event_topic;
using fibercast::subscription;
using texts = std::vector<std::string>;

namespace {

struct with_matchers : hub_under_test {
    with_matchers() : hub_under_test(hub_under_test::with_history(100)) {}

    std::string publish(std::vector<event_topic> topics, std::string const& text) {
        return hub.publish({.topics = std::move(topics), .what = event(text)}).value();
    }
};

}  // namespace

TEST_CASE("an exact topic is that, whatever it looks like") {
    with_matchers test;
    auto& exact = test.connect(0, {.exact_topics = {"orders/*", "*"}});
    auto& pattern = test.connect(1, {.topics = {"orders/*"}});
    test.publish({{"orders/7"}}, "1");
    test.publish({{"orders/*"}}, "2");
    test.publish({{"*"}}, "3");
    test.hub.broadcast(event("4"));
    for (auto* const each : {&exact, &pattern}) CHECK(each->wait_for("4"));
    CHECK(exact.received() == texts{"2", "3", "4"});
    CHECK(pattern.received() == texts{"1", "2", "4"});
    CHECK(test.hub.find(exact.id())->topics == texts{"*", "orders/*"});
}

TEST_CASE("a matcher says which topics it is for, live and of the history") {
    with_matchers test;
    auto const first = test.hub.broadcast(event("0")).value().text();
    subscription const wants{.topics = {"news"}, .matchers = {for_ending("X:/a/", "/1")}};
    auto& live = test.connect(0, wants);
    test.publish({{.text = "a/b/1", .spelling = "X:/a/b/1"}}, "1");
    test.publish({{.text = "a/b/2", .spelling = "X:/a/b/2"}}, "2");
    test.publish({{.text = "X:/a/1"}}, "3");
    test.publish({{"news"}, {"other"}}, "4");
    test.publish({{.text = "other"}, {.text = "again", .spelling = "X:/a/x/1"}}, "5");
    test.publish({{.text = "X:/a/no/1", .spelling = "Y"}}, "6");
    auto back = wants;
    back.last_event_id = first;
    auto& resumed = test.connect(0, back);
    test.hub.broadcast(event("last"));
    for (auto* const each : {&live, &resumed}) {
        CHECK(each->wait_for("last"));
        CHECK(each->received() == texts{"1", "3", "4", "5", "last"});
    }
    CHECK(test.hub.find(live.id())->topics == texts{"ending X:/a/ /1", "news"});
}

TEST_CASE("a matcher's prefix counts behind its last slash, too, and for each topic of an event") {
    with_matchers test;
    auto const books = for_ending("a/bo", "1");
    auto const folder = for_ending("a/", "1");
    auto& partly = test.connect(0, {.matchers = {books}});
    auto& wholly = test.connect(0, {.matchers = {folder}});
    test.publish({{"a/book1"}}, "1");
    test.publish({{"a/cat1"}}, "2");
    test.publish({{"b/book1"}, {"a/book2"}}, "3");
    test.publish({{"b/1"}, {"a/cat1"}}, "4");
    test.hub.broadcast(event("5"));
    for (auto* const each : {&partly, &wholly}) CHECK(each->wait_for("5"));
    CHECK(partly.received() == texts{"1", "5"});
    CHECK(wholly.received() == texts{"1", "2", "4", "5"});
    CHECK(books->asked() == 2);
    CHECK(folder->asked() == 4);
}

TEST_CASE("for an event a matcher is asked once on each worker, however many subscribe by it") {
    with_matchers test;
    std::vector<matcher_ptr> all;
    for (std::size_t i = 0; i < 20; ++i) {
        all.push_back(for_ending("", "1"));
        test.connect(i % 2, {.matchers = {all.back()}});
    }
    test.publish({{"a/1"}}, "1");
    for (auto& each : test.clients) CHECK(each->wait_for("1"));
    int asked = 0;
    for (auto const& each : all) asked += each->asked();
    CHECK(asked == 2);
    REQUIRE(test.hub.topics().size() == 1);
    CHECK(test.hub.topics().front().clients == 20);
}

TEST_CASE("a hub spells the topics whose publisher has not") {
    auto settings = hub_under_test::with_history(100);
    settings.spelling = [](std::string_view topic) {
        return topic.starts_with("a/") ? "X:/" + std::string(topic) : std::string();
    };
    hub_under_test test(settings);
    auto& client = test.connect(0, {.matchers = {for_ending("X:/", "1")}});
    test.hub.publish({"a/1"}, event("1"));
    test.hub.publish({"X:/1"}, event("2"));
    test.hub.publish({.topics = {{"a/1"}}, .what = event("3")});
    test.hub.publish({.topics = {{"a/1", "Y:/1"}}, .what = event("4")});
    test.hub.broadcast(event("5"));
    CHECK(client.wait_for("5"));
    CHECK(client.received() == texts{"1", "2", "3", "5"});
}

TEST_CASE("in a burst an event's spelling counts, too") {
    with_matchers test;
    auto& one = test.connect(0, {.matchers = {for_ending("", "/1")}});
    test.pool[0].call([&] {
        test.publish({{.text = "a", .spelling = "a/1"}}, "1");
        test.publish({{.text = "a", .spelling = "a/2"}}, "2");
        test.publish({{.text = "a", .spelling = "a/1"}}, "3");
        test.hub.broadcast(event("last"));
    });
    CHECK(one.wait_for("last"));
    CHECK(one.received() == texts{"1", "3", "last"});
}

TEST_CASE("a publication answers the id that its event carries") {
    with_matchers test;
    auto& one = test.connect(0, {.topics = {"a"}});
    auto const place = test.publish({{"a"}}, "1");
    CHECK(place == test.hub.last_id().text());
    auto const own = test.hub.publish(
        {.topics = {{"a"}},
         .what = event("2").id("mine").type("news").retry(std::chrono::milliseconds(7))});
    CHECK(own == "mine");
    CHECK(one.wait_for("2"));
    CHECK(one.text() == "id: " + place +
                            "\ndata: 1\n\n"
                            "event: news\nid: mine\nretry: 7\ndata: 2\n\n");
    hub_under_test without;
    CHECK(without.hub.publish({.topics = {{"a"}}, .what = event("1")}) == "");
    CHECK(without.hub.publish({.topics = {{"a"}}, .what = event("1").id("own")}) == "own");
}

TEST_CASE("wishes of all kinds are counted together, and none may be null") {
    with_matchers test;
    test.pool[0].call([&] {
        CHECK_THROWS_AS(test.hub.join({.exact_topics = {""}}), std::invalid_argument);
        CHECK_THROWS_AS(test.hub.join({.matchers = {nullptr}}), std::invalid_argument);
        subscription many{.topics = texts(40, "a"), .exact_topics = texts(40, "b")};
        many.matchers.assign(20, for_ending("", ""));
        CHECK(test.hub.join(many).connected());
        many.matchers.push_back(for_ending("", "1"));
        CHECK_THROWS_AS(test.hub.join(many), std::invalid_argument);
    });
    CHECK(test.hub.topics().empty());
    CHECK_THROWS_AS(test.publish({}, "x"), std::invalid_argument);
    CHECK_THROWS_AS(test.publish({{""}}, "x"), std::invalid_argument);
}
