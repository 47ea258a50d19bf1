// Clients whose streams are compressed. That they get what is theirs, whatever happens, is also tried
// by the random histories of hub_property_test.cpp.

#include "sse/hub_under_test.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <string>
#include <utility>

using fibercast::content_coding;
using fibercast::event;
using fibercast::overflow;
using fibercast::subscription;
using namespace std::chrono_literals;

namespace {

content_coding any_coding() {
    return GENERATE(content_coding::gzip, content_coding::br, content_coding::zstd);
}

/// A page's table, of which one row is another each time.
std::string table(int number) {
    std::string text;
    for (int row = 0; row < 100; ++row)
        text += "<tr id='" + std::to_string(row * 7919) + "'>" +
                std::to_string(row == number % 100 ? number * 31 : row * 7) + "</tr>\n";
    return text + std::to_string(number);
}

bool wait_for_table(memory_client& at, int number) {
    return at.wait_until([end = "data: " + std::to_string(number) + "\n\n"](auto const& text) {
        return text.ends_with(end);
    });
}

}  // namespace

TEST_CASE("a compressed stream says what a plain one does") {
    auto const coding = any_coding();
    hub_under_test test(hub_under_test::with_history(10));
    auto& plain = test.connect(0);
    auto& compressed = test.connect(0, {.coding = coding});
    for (int i = 0; i < 20; ++i) test.broadcast(table(i));
    REQUIRE(wait_for_table(plain, 19));
    REQUIRE(wait_for_table(compressed, 19));
    CHECK(compressed.text() == plain.text());
    CHECK(compressed.bytes_written() * 5 < plain.bytes_written());
}

TEST_CASE("clients of all codings on all workers hear broadcasts, topics and what is theirs") {
    hub_under_test test;
    auto const codings = {content_coding::identity, content_coding::gzip, content_coding::br,
                          content_coding::zstd};
    for (std::size_t worker = 0; worker < 2; ++worker) {
        for (auto const coding : codings) {
            for (auto const* const topic : {"a", "b", "*"})
                test.connect(worker, {.topics = {topic}, .coding = coding});
        }
    }
    for (int i = 0; i < 10; ++i) {
        test.hub.publish({i % 2 == 0 ? "a" : "b"}, event("topical " + std::to_string(i)));
        for (auto const& each : test.clients) each->send(event("own " + std::to_string(i)));
        test.broadcast("all " + std::to_string(i));
    }
    for (auto const& each : test.clients) REQUIRE(each->wait_for("all 9"));
    // Those with the same topics have heard the same.
    for (std::size_t i = 3; i < test.clients.size(); ++i)
        CHECK(test.clients[i]->received() == test.clients[i % 3]->received());
    CHECK(test.clients[2]->received().size() == 30);
    CHECK(test.clients[0]->received().size() == 25);
}

TEST_CASE("who comes later, or comes back, reads its stream from its own beginning") {
    auto const coding = any_coding();
    hub_under_test test(hub_under_test::with_history(100));
    test.connect(0, {.coding = coding});
    for (int i = 0; i < 10; ++i) {
        test.broadcast(table(i));
        REQUIRE(wait_for_table(*test.clients.front(), i));
        test.connect(0, {.coding = coding});
    }
    test.broadcast(table(10));
    for (auto const& each : test.clients) CHECK(wait_for_table(*each, 10));

    auto const epoch = std::string(test.hub.last_id().epoch());
    auto& back = test.connect(0, {.last_event_id = "#" + epoch + "-3", .coding = coding});
    CHECK(wait_for_table(back, 10));
    test.broadcast(table(11));
    CHECK(wait_for_table(back, 11));
    CHECK(back.received().size() == 9);
}

TEST_CASE("what a policy throws away is not missed by the decoder") {
    auto const coding = any_coding();
    auto const policy = GENERATE(overflow::drop_oldest, overflow::drop_newest, overflow::catch_up);
    auto settings = hub_under_test::with_history(5);
    settings.channel_capacity = 2;
    hub_under_test test(settings);
    auto& quick = test.connect(0, {.coding = coding});
    auto& slow = test.connect(0, {.coding = coding, .overflow = policy});
    test.broadcast(table(0));
    REQUIRE(wait_for_table(slow, 0));
    slow.block();
    for (int i = 1; i < 30; ++i) {
        test.broadcast(table(i));
        REQUIRE(wait_for_table(quick, i));
    }
    auto const before = slow.text().size();
    slow.unblock();
    REQUIRE(slow.wait_until([&](std::string const& text) { return text.size() > before; }));
    test.hub.flush(fibercast::after(30s));
    test.broadcast(table(30));
    CHECK(wait_for_table(slow, 30));
    CHECK(slow.text().find("fibercast.gap") != std::string::npos);
}

TEST_CASE("a heartbeat is a comment in a compressed stream, too") {
    auto const coding = any_coding();
    fibercast::hub_options settings;
    settings.heartbeat = 20ms;
    hub_under_test test(settings);
    auto& idle = test.connect(0, {.open_at_once = true, .coding = coding});
    CHECK(idle.wait_until([](std::string const& text) { return text == ":\n:\n:\n"; }));
    test.broadcast("Hello");
    CHECK(idle.wait_for("Hello"));
}

TEST_CASE("after heartbeats a compressed stream still knows what it has said") {
    auto const coding = any_coding();
    fibercast::hub_options settings;
    settings.heartbeat = 20ms;
    hub_under_test test(settings);
    auto& idle = test.connect(0, {.coding = coding});
    test.broadcast(table(0));
    CHECK(
        idle.wait_until([](std::string const& text) { return text.ends_with("\n:\n:\n:\n:\n"); }));
    auto const before = idle.bytes_written();
    test.broadcast(table(1));
    REQUIRE(idle.wait_until(
        [](std::string const& text) { return text.find("data: 1\n\n") != text.npos; }));
    CHECK((idle.bytes_written() - before) * 10 < table(1).size());
}

TEST_CASE("the coding ends with a stream that is whole, and only then") {
    auto const coding = any_coding();
    hub_under_test test;
    auto& finished = test.connect(0, {.coding = coding});
    auto& kicked = test.connect(0, {.coding = coding});
    auto& silent = test.connect(0, {.coding = coding});
    silent.end();
    CHECK(silent.wait_for_end());
    CHECK(silent.bytes_written() == 0);
    test.broadcast("Hello");
    REQUIRE(finished.wait_for("Hello"));
    REQUIRE(kicked.wait_for("Hello"));
    finished.end();
    test.hub.kick(kicked.id());
    CHECK(finished.wait_for_end());
    CHECK(finished.decoded_to_the_end());
    CHECK_FALSE(finished.unfinished());
    CHECK(kicked.wait_for_end());
    CHECK_FALSE(kicked.decoded_to_the_end());
    CHECK(kicked.unfinished());
}

TEST_CASE("what was compressed is counted as long as it waits, and no longer") {
    auto const coding = any_coding();
    hub_under_test test;
    auto& quick = test.connect(0, {.coding = coding});
    auto& stuck = test.connect(0, {.coding = coding});
    stuck.block();
    test.broadcast(table(1));
    test.broadcast(table(2));
    REQUIRE(wait_for_table(quick, 2));
    CHECK(test.hub.stats().held_bytes > table(1).size() + table(2).size());
    stuck.unblock();
    REQUIRE(wait_for_table(stuck, 2));
    test.hub.flush(fibercast::after(30s));
    test.pool[0].call([] {});
    CHECK(test.hub.stats().held_bytes == 0);
}

TEST_CASE("the response of a compressed stream names its coding") {
    fibercast::worker_pool pool({.workers = 1});
    fibercast::hub clients;
    auto const coding_of = [&](subscription const& wants) {
        return pool[0].call([&] {
            auto const made = fibercast::event_stream(clients.join(wants));
            return std::string(made.fields().find("Content-Encoding").value_or("none"));
        });
    };
    CHECK(coding_of({}) == "none");
    CHECK(coding_of({.coding = content_coding::gzip}) == "gzip");
    CHECK(coding_of({.coding = content_coding::br}) == "br");
    CHECK(coding_of({.coding = content_coding::zstd}) == "zstd");
    pool.stop();
}
