// Clients that come back, and clients that fall behind: what they read of the history.

#include "sse/hub_under_test.hpp"
#include "support/eventually.hpp"

#include <chrono>
#include <string>
#include <vector>

using fibercast::event;
using fibercast::event_id;
using fibercast::hub_options;
using fibercast::overflow;
using fibercast::send_result;
using fibercast::subscription;
using namespace std::chrono_literals;

namespace {

using texts = std::vector<std::string>;

texts numbers(int from, int to) {
    texts all;
    for (int i = from; i <= to; ++i) all.push_back(std::to_string(i));
    return all;
}

struct with_history : hub_under_test {
    explicit with_history(hub_options settings = hub_under_test::with_history(100))
        : hub_under_test(settings) {}

    /// Returns the ids.
    std::vector<std::string> broadcast_numbers(int from, int to) {
        std::vector<std::string> ids;
        for (auto const& each : numbers(from, to))
            ids.push_back(hub.broadcast(event(each)).value().text());
        CHECK(hub.flush(fibercast::after(30s)));
        return ids;
    }

    memory_client& connect_behind(std::string id, std::size_t on = 0) {
        return connect(on, {.last_event_id = std::move(id)});
    }

    static texts gap(std::string const& reason, std::string const& after = "null") {
        return {R"({"reason":")" + reason + R"(","missed":null,"after":)" + after + "}"};
    }
};

/// What it has received, with `first` before it.
texts behind(texts first, texts const& rest) {
    first.insert(first.end(), rest.begin(), rest.end());
    return first;
}

hub_options small(std::size_t history, std::optional<overflow> policy = {}) {
    auto settings = hub_under_test::with_history(history);
    settings.channel_capacity = 2;
    settings.overflow = policy;
    return settings;
}

}  // namespace

TEST_CASE("where a history is kept, each event carries its place") {
    with_history test;
    auto& one = test.connect();
    auto const ids = test.broadcast_numbers(1, 2);
    CHECK(one.wait_for("2"));
    CHECK(one.text() == "id: " + ids[0] + "\ndata: 1\n\nid: " + ids[1] + "\ndata: 2\n\n");
    CHECK(test.hub.last_id().text() == ids[1]);
    CHECK(one.send(event("mine").id("own")) == send_result::taken);
    CHECK(one.wait_for("mine"));
    CHECK(one.text().ends_with("id: own\ndata: mine\n\n"));
}

TEST_CASE("a client that comes back gets what it has missed, then what comes") {
    with_history test;
    auto const ids = test.broadcast_numbers(1, 5);
    std::size_t const on = GENERATE(0u, 1u);
    auto& back = test.connect_behind(ids[1], on);
    CHECK(back.wait_for("5"));
    test.broadcast_numbers(6, 7);
    CHECK(back.wait_for("7"));
    CHECK(back.received() == numbers(3, 7));
    CHECK(test.hub.stats().resumed == 1);
    CHECK(test.hub.stats().replayed == 3);
    CHECK(test.hub.stats().behind == 0);
    CHECK(test.hub.stats().gaps == 0);
}

TEST_CASE("a client that has missed nothing gets nothing twice") {
    with_history test;
    auto const ids = test.broadcast_numbers(1, 3);
    auto& back = test.connect_behind(ids.back());
    test.broadcast_numbers(4, 4);
    CHECK(back.wait_for("4"));
    CHECK(back.received() == texts{"4"});
}

TEST_CASE("who asks for the earliest gets all that is kept") {
    with_history test(hub_under_test::with_history(3));
    test.broadcast_numbers(1, 5);
    auto& one = test.connect_behind(std::string(subscription::earliest));
    CHECK(one.wait_for("5"));
    CHECK(one.received() == numbers(3, 5));
}

TEST_CASE("an id that a publisher gave has its place too") {
    with_history test;
    test.broadcast_numbers(1, 2);
    test.hub.broadcast(event("3").id("three"));
    test.broadcast_numbers(4, 5);
    auto& back = test.connect_behind("three");
    CHECK(back.wait_for("5"));
    CHECK(back.received() == numbers(4, 5));
}

TEST_CASE("what is lost is said before anything else") {
    with_history test(hub_under_test::with_history(3));
    auto const ids = test.broadcast_numbers(1, 6);
    struct row {
        std::string id, reason, after;
    };
    auto const of_another_life = ids[0][1] == 'x' ? "#yyyyyy-4" : "#xxxxxx-4";
    auto const future = event_id::parse(ids.back())->number() + 1;
    std::vector<row> const rows = {
        {ids[0], "too-old", '"' + ids[0] + '"'},
        {of_another_life, "other-epoch", "null"},
        {"nobody's", "unknown-id", "null"},
        {ids[0].substr(0, 8) + std::to_string(future), "unknown-id", "null"},
        {"#\"\\\n", "unknown-id", "null"}};
    auto const& [id, reason, after] = rows[GENERATE(range(0u, 5u))];
    auto& back = test.connect_behind(id);
    CHECK(back.wait_for("6"));
    CHECK(back.received() == behind(test.gap(reason, after), numbers(4, 6)));
    CHECK(back.text().starts_with("event: fibercast.gap\ndata: "));
    CHECK(test.hub.stats().gaps == 1);
}

TEST_CASE("the last event that was missed just still being kept is no gap") {
    with_history test(hub_under_test::with_history(3));
    auto const ids = test.broadcast_numbers(1, 6);
    auto& back = test.connect_behind(ids[2]);
    CHECK(back.wait_for("6"));
    CHECK(back.received() == numbers(4, 6));
}

TEST_CASE("sends take a place in the order and none in the history") {
    with_history test(hub_under_test::with_history(3));
    auto& one = test.connect(0);
    auto const ids = test.broadcast_numbers(1, 3);
    for (int i = 0; i < 10; ++i) CHECK(test.hub.send(one.id(), event("s")) == send_result::taken);
    auto& back = test.connect_behind(ids[0]);
    CHECK(back.wait_for("3"));
    CHECK(back.received() == numbers(2, 3));
    // Where a send was is a place to come back to.
    CHECK(one.wait_until([](std::string const& text) { return text.ends_with("data: s\n\n"); }));
    auto const text = one.text();
    auto const last = text.rfind("id: ") + 4;
    auto& again = test.connect_behind(text.substr(last, text.find('\n', last) - last));
    test.broadcast_numbers(4, 4);
    CHECK(again.wait_for("4"));
    CHECK(again.received() == texts{"4"});
}

TEST_CASE("what a handler sends to a client that came back is behind what it had missed") {
    with_history test;
    auto const ids = test.broadcast_numbers(1, 3);
    test.pool[0].call([&] {
        auto& back = test.connect_behind(ids[0]);
        CHECK(back.send(event("welcome back")) == send_result::taken);
        test.broadcast("4");
    });
    auto& back = *test.clients.back();
    CHECK(back.wait_for("4"));
    CHECK(back.received() == texts{"2", "3", "welcome back", "4"});
}

TEST_CASE("a slow client goes back to the history and loses nothing") {
    with_history test(small(100));
    REQUIRE(test.hub.default_overflow() == overflow::catch_up);
    auto& slow = test.connect(0);
    auto& other = test.connect(0);
    slow.block();
    for (int i = 1; i <= 50; ++i) test.broadcast_numbers(i, i);
    CHECK(other.wait_for("50"));
    CHECK(test.hub.stats().behind == 1);
    CHECK(test.hub.stats().fell_behind == 1);
    CHECK(test.hub.find(slow.id())->behind);
    CHECK(test.hub.find(slow.id())->queued <= 2);
    slow.unblock();
    CHECK(slow.wait_for("50"));
    test.broadcast_numbers(51, 51);
    CHECK(slow.wait_for("51"));
    CHECK(slow.received() == numbers(1, 51));
    CHECK(other.received() == numbers(1, 51));
    CHECK(test.hub.stats().behind == 0);
    CHECK(test.hub.stats().gaps == 0);
    CHECK(test.hub.stats().dropped == 0);
}

TEST_CASE("a slow client is told when the history does not reach back to it any more") {
    with_history test(small(5));
    auto& slow = test.connect(0);
    slow.block();
    std::vector<std::string> ids;
    for (int i = 1; i <= 50; ++i) ids.push_back(test.broadcast_numbers(i, i).front());
    slow.unblock();
    CHECK(slow.wait_for("50"));
    // One in its fiber's hands, two in its channel.
    CHECK(slow.received() ==
          behind(behind(numbers(1, 3), test.gap("too-old", '"' + ids[2] + '"')), numbers(46, 50)));
    CHECK(test.hub.stats().gaps == 1);
    CHECK(test.hub.size() == 1);
}

TEST_CASE("events for others, however many, are no gap to a client that falls behind") {
    with_history test(small(5));
    test.connect(0, {.topics = {"t"}});
    auto& slow = test.connect(0);
    slow.block();
    for (int i = 0; i < 50; ++i) test.hub.publish({"t"}, event("for others"));
    for (int i = 1; i <= 5; ++i) test.broadcast_numbers(i, i);
    CHECK(test.hub.find(slow.id())->behind);
    slow.unblock();
    CHECK(slow.wait_for("5"));
    CHECK(slow.received() == numbers(1, 5));
    CHECK(test.hub.stats().gaps == 0);
}

TEST_CASE("sends to a client that is behind keep their places") {
    with_history test(small(100));
    auto& slow = test.connect(0);
    slow.block();
    for (int i = 1; i <= 9; ++i) test.broadcast_numbers(i, i);
    slow.unblock();
    CHECK(slow.wait_for("9"));
    slow.block();
    test.broadcast_numbers(10, 10);  // in its fiber's hands
    while (!slow.stalled()) continue;
    test.broadcast_numbers(11, 11);
    CHECK(test.hub.send(slow.id(), event("between")) == send_result::taken);  // full now
    test.broadcast_numbers(12, 13);
    CHECK(test.hub.send(slow.id(), event("no room")) == send_result::dropped);
    slow.unblock();
    CHECK(slow.wait_for("13"));
    test.broadcast_numbers(14, 14);
    CHECK(slow.wait_for("14"));
    auto expected = behind(numbers(1, 11), {"between", "12", "13"});
    auto const got = slow.received();
    REQUIRE(got.size() == expected.size() + 2);
    CHECK(texts(got.begin(), got.end() - 2) == expected);
    CHECK(got[expected.size()].starts_with(R"({"reason":"dropped","missed":1,"after":"#)"));
    CHECK(got.back() == "14");
}

TEST_CASE("sends in the middle of what a client has missed come in order") {
    with_history test(small(100));
    test.connect(1);
    auto const ids = test.broadcast_numbers(1, 3);
    test.pool[0].call([&] {
        auto& back = test.connect_behind(ids[0]);
        CHECK(back.send(event("a")) == send_result::taken);
        test.hub.broadcast(event("4"));
        CHECK(back.id() != 0);
    });
    auto& back = *test.clients.back();
    CHECK(test.hub.send(back.id(), event("b")) == send_result::taken);
    test.broadcast_numbers(5, 5);
    CHECK(back.wait_for("5"));
    CHECK(back.received() == texts{"2", "3", "a", "4", "b", "5"});
}

TEST_CASE("a client that is ended while it is behind misses nothing when it comes back") {
    with_history test(small(100));
    auto& slow = test.connect(0);
    slow.block();
    for (int i = 1; i <= 9; ++i) test.broadcast_numbers(i, i);
    slow.end();
    slow.unblock();
    CHECK(slow.wait_for_end());
    CHECK(test.hub.stats().behind == 0);
    auto const got = slow.received();
    CHECK(got == numbers(1, 3));
    auto const text = slow.text();
    auto const last = text.rfind("id: ") + 4;
    auto& back = test.connect_behind(text.substr(last, text.find('\n', last) - last));
    CHECK(back.wait_for("9"));
    CHECK(back.received() == numbers(4, 9));
}

TEST_CASE("a subscription may have a policy of its own") {
    with_history test(small(100));
    auto& drops = test.connect(0, {.overflow = overflow::drop_oldest});
    auto& ends = test.connect(0, {.overflow = overflow::disconnect});
    for (auto* const each : {&drops, &ends}) each->block();
    std::vector<std::string> ids;
    for (int i = 1; i <= 9; ++i) ids.push_back(test.broadcast_numbers(i, i).front());
    CHECK(ends.wait_for_end());
    drops.unblock();
    CHECK(drops.wait_for("9"));
    CHECK(drops.received() ==
          texts{"1", R"({"reason":"dropped","missed":6,"after":")" + ids[0] + "\"}", "8", "9"});
}

TEST_CASE("without a history a client that comes back is told so") {
    hub_under_test test;
    test.broadcast("1");
    auto& back = test.connect(0, {.last_event_id = "#abcdef-1"});
    test.broadcast("2");
    CHECK(back.wait_for("2"));
    CHECK(back.received().size() == 2);
    CHECK(back.received().front() == R"({"reason":"other-epoch","missed":null,"after":null})");
}

TEST_CASE("a storm of clients that come back reads each piece once") {
    with_history test(hub_under_test::with_history(1000));
    auto const ids = test.broadcast_numbers(1, 300);
    constexpr std::size_t many = 200;
    for (std::size_t i = 0; i < many; ++i) test.connect_behind(ids[199], i % 2);
    for (auto& each : test.clients) {
        CHECK(each->wait_for("300"));
        CHECK(each->received() == numbers(201, 300));
    }
    CHECK(test.hub.stats().replayed == many * 100);
    CHECK(eventually([&] { return test.hub.stats().behind == 0; }));
}

TEST_CASE("what waits for clients is bounded, and those who take nothing go back first") {
    auto settings = hub_under_test::with_history(1000);
    settings.channel_capacity = 100;
    settings.memory_limit = 64 * 1024;
    with_history test(settings);
    auto& slow = test.connect(0);
    auto& other = test.connect(0);
    slow.block();
    auto const large = [](int i) { return std::to_string(i) + std::string(3000, 'x'); };
    texts expected;
    for (int i = 0; i < 60; ++i) {
        expected.push_back(large(i));
        test.hub.broadcast(event(expected.back()));
        CHECK(test.hub.flush(fibercast::after(30s)));
    }
    CHECK(other.wait_for(expected.back()));
    CHECK(test.hub.stats().held_bytes <= settings.memory_limit);
    CHECK(test.hub.find(slow.id())->behind);
    slow.unblock();
    CHECK(slow.wait_for(expected.back()));
    CHECK(slow.received() == expected);
    CHECK(other.received() == expected);
}

TEST_CASE("beyond the bound a client without the policy to catch up is ended") {
    auto settings = hub_under_test::without_heartbeat();
    settings.channel_capacity = 100;
    settings.memory_limit = 64 * 1024;
    hub_under_test test(settings);
    auto& slow = test.connect(0);
    slow.block();
    for (int i = 0; i < 60; ++i) {
        test.broadcast(std::string(3000, 'x'));
        CHECK(test.hub.flush(fibercast::after(30s)));
    }
    CHECK(slow.wait_for_end());
    CHECK(test.hub.stats().ended_by(fibercast::end_reason::slow) == 1);
}
