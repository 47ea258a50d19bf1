// Streams that end at a time, whatever they are doing then.

#include "sse/hub_under_test.hpp"
#include "support/eventually.hpp"

#include <chrono>
#include <string>
#include <vector>

using fibercast::after;
using fibercast::end_reason;
using fibercast::event;
using fibercast::hub_options;
using fibercast::overflow;
using namespace std::chrono_literals;
using texts = std::vector<std::string>;

namespace {

struct with_expiry : hub_under_test {
    explicit with_expiry(hub_options settings = hub_under_test::with_history(100))
        : hub_under_test(settings) {}

    memory_client& connect_for(std::chrono::milliseconds span, overflow policy) {
        return connect(0, {.ends_at = after(span), .overflow = policy});
    }
    memory_client& connect_for(std::chrono::milliseconds span) {
        return connect_for(span, hub.default_overflow());
    }
    std::uint64_t expired() const { return hub.stats().ended_by(end_reason::expired); }
};

hub_options with_capacity(std::size_t places) {
    auto settings = hub_under_test::with_history(100);
    settings.channel_capacity = places;
    return settings;
}

}  // namespace

TEST_CASE("a stream ends at its time, and its client comes back") {
    with_expiry test;
    auto const begin = std::chrono::steady_clock::now();
    auto& one = test.connect_for(30ms);
    auto& other = test.connect(0);
    test.broadcast("1");
    CHECK(one.wait_for("1"));
    CHECK(one.wait_for_end());
    CHECK(std::chrono::steady_clock::now() >= begin + 30ms);
    CHECK(one.unfinished());
    CHECK(other.connected());
    CHECK(test.expired() == 1);
    CHECK(fibercast::name_of(end_reason::expired) == "expired");
    CHECK(fibercast::comes_back_after(end_reason::expired));
}

TEST_CASE("of two times each is kept, and one that is over already, too") {
    with_expiry test;
    auto& late = test.connect_for(10min);
    auto& soon = test.connect(0, {.topics = {"a"}, .ends_at = after(20ms)});
    auto& over = test.connect_for(-1s);
    CHECK(over.wait_for_end());
    CHECK(soon.wait_for_end());
    CHECK(test.hub.topics().empty());
    CHECK(late.connected());
    CHECK(test.expired() == 2);
}

TEST_CASE("what is queued when a stream's time is over is written") {
    with_expiry test;
    test.pool[0].call([&] {
        auto& one = test.connect_for(0ms);
        CHECK(one.send(event("1")) == fibercast::send_result::taken);
        CHECK(one.connected());
    });
    auto& one = *test.clients.front();
    CHECK(one.wait_for_end());
    CHECK(one.received() == texts{"1"});
}

TEST_CASE("a stream whose client takes nothing is cut at its time") {
    with_expiry test(with_capacity(2));
    auto const policy = GENERATE(overflow::block, overflow::catch_up, overflow::drop_newest);
    auto& one = test.connect_for(50ms, policy);
    auto& other = test.connect(0, {.overflow = overflow::catch_up});
    one.block();
    texts all;
    for (int i = 0; i < 10; ++i) {
        all.push_back(std::to_string(i));
        test.broadcast(all.back());
    }
    CHECK(other.wait_for("9"));  // under `block` only when the one has ended
    CHECK(other.received() == all);
    CHECK(one.wait_for_end());
    CHECK(test.expired() == 1);
    CHECK(test.hub.stats().behind == 0);
}

TEST_CASE("a stream that reads the history ends at its time") {
    with_expiry test;
    for (int i = 0; i < 50; ++i) test.hub.broadcast(event(std::string(10'000, 'x')));
    test.pool[0].call([&] {
        auto& one = test.connect(0, {.last_event_id = "earliest", .ends_at = after(30ms)});
        one.at_next_write([&] { one.block(); });
    });
    auto& one = *test.clients.front();
    CHECK(one.wait_for_end());
    CHECK(test.expired() == 1);
    CHECK(test.hub.stats().behind == 0);
    CHECK(one.received().size() < 50);
}

TEST_CASE("a stream that has not begun ends at its time") {
    with_expiry test;
    test.pool[0].call([&] {
        auto const one = test.hub.join({.ends_at = after(10ms)});
        CHECK(eventually([&] { return !one.connected(); }));
    });
    CHECK(test.expired() == 1);
}

TEST_CASE("a stream that has ended before is cut at its time, if it still writes") {
    with_expiry test;
    auto& one = test.connect_for(20ms);
    test.pool[0].call([&] {
        one.send(event("1"));
        one.end();
        one.block();  // before its stream has had a turn
    });
    CHECK(one.wait_for_end());
    CHECK(test.hub.stats().ended_by(end_reason::finished) == 1);
    CHECK(test.expired() == 0);
}

TEST_CASE("a stream whose time is over has a second for its last bytes, and no more") {
    with_expiry test(with_capacity(100));
    constexpr std::size_t many = 100;  // more than are written at once
    test.pool[0].call([&] {
        auto one = test.hub.join({.ends_at = after(0ms)});
        for (std::size_t i = 0; i < many; ++i) one.send(event("x"));
        CHECK(eventually([&] { return !one.connected(); }));
        fibercast::testing::memory_output out;
        out.at_next_write([&] { out.stop_reading(); });
        auto const begin = std::chrono::steady_clock::now();
        write_body(one, out);
        CHECK(std::chrono::steady_clock::now() - begin < 10s);
        auto const received = fibercast::testing::event_reader().feed(out.text()).size();
        CHECK(received > 0);
        CHECK(received < many);
    });
    CHECK(test.expired() == 1);
}

TEST_CASE("a stream that ended before its time has ended once") {
    with_expiry test;
    auto& kicked = test.connect_for(30ms);
    auto& last = test.connect_for(40ms);
    CHECK(test.hub.kick(kicked.id()));
    CHECK(kicked.wait_for_end());
    CHECK(last.wait_for_end());
    CHECK(test.expired() == 1);
    CHECK(test.hub.stats().ended_by(end_reason::kicked) == 1);
}

TEST_CASE("very many streams end at the same time") {
    with_expiry test;
    constexpr std::size_t many = 1'000;
    auto const at = after(50ms);
    for (std::size_t i = 0; i < many; ++i) test.connect(i % 2, {.ends_at = at});
    for (auto& each : test.clients) CHECK(each->wait_for_end());
    CHECK(test.expired() == many);
}
