// Where a client's stream begins, and where the hub is, by the ids that events carry.

#include "sse/hub_under_test.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

using fibercast::event;
using fibercast::subscription;

namespace {

struct with_places : hub_under_test {
    explicit with_places(std::size_t history = 100)
        : hub_under_test(hub_under_test::with_history(history)) {}

    /// Where a client begins that has had the event with this id last.
    std::optional<std::string> place_behind(std::string id) {
        return connect(0, {.last_event_id = std::move(id)}).begins_behind();
    }
    std::string made(std::string const& text) { return hub.broadcast(event(text)).value().text(); }
    void made(std::string const& text, std::string const& own) {
        hub.broadcast(event(text).id(own));
    }
};

std::string const earliest(subscription::earliest);

}  // namespace

TEST_CASE("a client that comes back begins behind the event that it names, by the same id") {
    with_places test;
    auto const first = test.made("1");
    test.made("2", "own");
    auto const third = test.made("3");
    for (auto const& each : {first, std::string("own"), third}) {
        CAPTURE(each);
        CHECK(test.place_behind(each) == each);
    }
    CHECK(test.connect(0).begins_behind() == third);  // what comes next is its first
    test.made("4", "last");
    CHECK(test.connect(0).begins_behind() == "last");
}

TEST_CASE("a client that gets all that is kept begins behind nothing") {
    with_places test(2);
    CHECK(test.place_behind(earliest) == std::nullopt);
    CHECK(test.connect(0).begins_behind() == std::nullopt);
    auto const first = test.made("1");
    auto const second = test.made("2");
    test.made("3");
    test.made("4");
    CHECK(test.place_behind(earliest) == std::nullopt);
    CHECK(test.place_behind("nobody's") == std::nullopt);
    CHECK(test.place_behind("#zzzzzz-3") == std::nullopt);
    CHECK(test.place_behind(first) == std::nullopt);  // what has followed is not all kept
    CHECK(test.place_behind(second) == second);       // nothing behind it is lost
    with_places without(0);
    without.made("1");
    CHECK(without.place_behind(first) == std::nullopt);
    CHECK(without.connect(0).begins_behind() == std::nullopt);
}

TEST_CASE("of an id that occurs twice the older event counts") {
    with_places test;
    test.made("1", "twice");
    test.made("2", "between");
    test.made("3", "twice");
    auto& back = test.connect(0, {.last_event_id = "twice"});
    CHECK(back.begins_behind() == "twice");
    CHECK(back.wait_for("3"));
    CHECK(back.received() == std::vector<std::string>{"2", "3"});
}

TEST_CASE("the hub's last event has an id, its publisher's own if it has one") {
    with_places test(2);
    CHECK(test.hub.last_event_id() == std::nullopt);
    auto const first = test.made("1");
    CHECK(test.hub.last_event_id() == first);
    test.made("2", "own");
    CHECK(test.hub.last_event_id() == "own");
    auto& one = test.connect(0);
    CHECK(one.send(event("for one alone")) == fibercast::send_result::taken);
    CHECK(test.hub.last_event_id() == "own");
    auto const third = test.hub.publish({.topics = {{"a"}}, .what = event("3")});
    CHECK(test.hub.last_event_id() == third);
    with_places without(0);
    without.made("1", "own");
    CHECK(without.hub.last_event_id() == std::nullopt);
}

TEST_CASE("an event that is not kept any more has its place for an id") {
    auto settings = hub_under_test::with_history(10);
    settings.history_age = std::chrono::milliseconds(1);
    hub_under_test test(settings);
    test.hub.broadcast(event("1").id("own"));
    auto const place = test.hub.last_id().text();
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
    auto& back = test.connect(0, {.last_event_id = place});  // looks for what is too old
    CHECK(back.begins_behind() == place);
    CHECK(test.hub.last_event_id() == place);
}
