#include "sse/hub_under_test.hpp"

#include <fibercast/runtime/sleep.hpp>

#include <algorithm>
#include <chrono>
#include <string>

using fibercast::event;
using fibercast::send_result;
using namespace std::chrono_literals;

namespace {

fibercast::hub_options every(std::chrono::milliseconds heartbeat) {
    fibercast::hub_options settings;
    settings.heartbeat = heartbeat;
    return settings;
}

std::size_t comments_in(std::string const& text) {
    fibercast::testing::event_reader parser;
    parser.feed(text);
    return parser.comments();
}

}  // namespace

TEST_CASE("an idle client gets a comment now and then") {
    hub_under_test test(every(20ms));
    auto& one = test.connect(0);
    auto& other = test.connect(1);
    auto const got_three = [](std::string const& text) { return comments_in(text) >= 3; };
    CHECK(one.wait_until(got_three));
    CHECK(other.wait_until(got_three));
    CHECK(one.received().empty());
    CHECK(test.hub.stats().heartbeats >= 6);
    CHECK(test.hub.stats().sent >= 6);
}

TEST_CASE("a client that gets events gets no comments") {
    hub_under_test test(every(500ms));
    auto const started = std::chrono::steady_clock::now();
    auto& busy = test.connect(0);
    auto& idle = test.connect(0);
    std::chrono::steady_clock::duration longest{};
    test.pool[0].call([&] {
        auto last = started;
        while (test.hub.stats().heartbeats == 0) {
            test.hub.send(busy.id(), event("busy"));
            auto const now = std::chrono::steady_clock::now();
            longest = std::max(longest, now - std::exchange(last, now));
            fibercast::sleep_for(1ms);
        }
    });
    CHECK(idle.wait_until([](std::string const& text) { return comments_in(text) == 1; }));
    CHECK(std::chrono::steady_clock::now() - started >= 500ms);
    // Unless the machine was so busy that the client really was idle.
    if (longest < 400ms) CHECK(comments_in(busy.text()) == 0);
}

TEST_CASE("comments do not go out to all idle clients at once") {
    constexpr std::size_t count = 160;
    hub_under_test test(every(320ms));
    for (std::size_t i = 0; i < count; ++i) test.connect(0);
    std::size_t largest_step = 0;
    test.pool[0].call([&] {
        for (std::uint64_t before = 0; before < count;) {
            fibercast::yield();
            auto const now = test.hub.stats().heartbeats;
            largest_step = std::max<std::size_t>(largest_step, now - before);
            before = now;
        }
    });
    CHECK(largest_step <= count / 2);  // a sixteenth, but the test may miss some steps
}

TEST_CASE("a client whose stream has not started or is stalled gets no comments") {
    hub_under_test test(every(20ms));
    auto& stalled = test.connect(0);
    stalled.block();
    CHECK(stalled.send(event("never taken")) == send_result::taken);
    while (!stalled.stalled()) continue;
    auto& idle = test.connect(0);
    test.pool[0].call([&] {
        auto const unstarted = test.hub.join();
        while (test.hub.stats().heartbeats < 4) fibercast::yield();
        for (auto const& each : test.hub.clients()) {
            if (each.id != idle.id()) CHECK(each.queued == 0);
        }
    });
}
