#include "sse/ending_matcher.hpp"
#include "sse/failing_memory.hpp"
#include "sse/hub_under_test.hpp"
#include "sse/some_rights.hpp"
#include "support/eventually.hpp"

#include <new>

using fibercast::event;
using fibercast::event_topic;
using fibercast::send_result;

namespace {

constexpr int more_than_there_are = 200;

/// Calls `act(number)` with the first, the second, ... allocation of it failing, until all were
/// tried. `act` returns whether one has failed.
template <typename F>
void with_each_allocation_failing(F act) {
    int number = 1;
    while (act(number) && number < more_than_there_are) ++number;
    CHECK(number > 1);
    CHECK(number < more_than_there_are);
}

struct attempt {
    bool taken = false;
    bool failed = false;  ///< An allocation has.
};

/// Publishes, which returns whether that was done, with the allocation of that number failing.
template <typename Publish>
attempt publish_without(int number, fibercast::hub& to, Publish const& publish) {
    attempt made;
    auto const refusing = failing_memory::at(number);
    try {
        made.taken = publish();
    } catch (std::bad_alloc const&) {
    }
    try {
        to.flush(fibercast::never);  // for the workers' own allocations
    } catch (std::bad_alloc const&) {
    }
    made.failed = refusing.failed() != 0;
    return made;
}

}  // namespace

TEST_CASE("without the memory to join a burst, its first event goes ahead") {
    hub_under_test test;
    auto& one = test.connect(0);
    auto& other = test.connect(1);
    std::vector<std::string> all;
    for (int i = 0; i < 7; ++i) all.push_back(std::to_string(i) + std::string(1000, 'x'));
    {
        // Joined, the events take about 7080 bytes; nothing else asks for as many.
        auto const refusing = failing_memory::of_size(7070, 7110);
        test.pool[0].call([&] {
            for (auto const& each : all) test.broadcast(each);
        });
        CHECK(test.hub.flush(fibercast::after(std::chrono::seconds(30))));
        CHECK(refusing.failed() >= 1);
    }
    for (auto* const each : {&one, &other}) {
        CHECK(each->wait_for(all.back()));
        CHECK(each->received() == all);
    }
    CHECK(one.gathered_writes() == 1);  // the first alone and the rest, put in one turn
}

TEST_CASE("without the memory to join, nobody has joined, and the next one can") {
    with_each_allocation_failing([](int number) {
        CAPTURE(number);
        // A hub for each try, so that the first client makes what its worker needs.
        fibercast::hub_options settings;
        settings.heartbeat = std::chrono::milliseconds(1);
        hub_under_test test(settings);
        bool const failed = test.pool[0].call([&] {
            auto const refusing = failing_memory::at(number);
            try {
                auto const one = test.hub.join();
                CHECK(one.connected());
            } catch (std::bad_alloc const&) {
            }
            return refusing.failed() != 0;
        });
        CHECK(test.hub.size() == 0);
        auto& next = test.connect(0);
        CHECK(next.wait_until([](std::string const& text) { return !text.empty(); }));  // alive
        test.broadcast("hello");
        CHECK(next.wait_until(
            [](std::string const& text) { return text.find("data: hello\n\n") != text.npos; }));
        return failed;
    });
}

TEST_CASE("without the memory to join with everything there is, nothing of it is left") {
    fibercast::subscription const wants{.topics = {"a/*", "b"},
                                        .exact_topics = {"c/*"},
                                        .matchers = {for_ending("d/", "1")},
                                        .rights = rights_to({"a/1", "b", "d/1"})};
    std::vector<event_topic> const about = {{"a/1"}, {"b"}, {"c/*"}, {"d/1"}};
    with_each_allocation_failing([&](int number) {
        CAPTURE(number);
        hub_under_test test;
        bool const failed = test.pool[0].call([&] {
            auto const refusing = failing_memory::at(number);
            try {
                auto const one = test.hub.join(wants);
                CHECK(one.connected());
            } catch (std::bad_alloc const&) {
            }
            return refusing.failed() != 0;
        });
        CHECK(test.hub.size() == 0);
        CHECK(test.hub.topics().empty());
        auto& next = test.connect(0, wants);
        test.hub.publish({.topics = about, .what = event("hidden"), .is_private = true});
        CHECK(next.wait_for("hidden"));
        return failed;
    });
}

TEST_CASE("without the memory for a private event all who may read it get it, or none") {
    hub_under_test test;
    auto& none = test.connect(0, {.topics = {"*"}});
    auto& one = test.connect(0, {.topics = {"*"}, .rights = rights_to({"a"})});
    auto& other = test.connect(1, {.matchers = {for_ending("", "a")}, .rights = rights_to({"a"})});
    std::vector<std::string> expected;
    with_each_allocation_failing([&](int number) {
        std::string const text = "number " + std::to_string(number);
        auto const made = publish_without(number, test.hub, [&] {
            return test.hub.publish({.topics = {{"a"}}, .what = event(text), .is_private = true})
                .has_value();
        });
        if (made.taken) expected.push_back(text);
        return made.failed;
    });
    test.broadcast("last");
    for (auto* const each : {&none, &one, &other}) CHECK(each->wait_for("last"));
    CHECK(none.received() == std::vector<std::string>{"last"});
    expected.emplace_back("last");
    CHECK(one.received() == expected);
    CHECK(other.received() == expected);
}

TEST_CASE("without the memory for a broadcast all clients get it or none") {
    hub_under_test test;
    auto& one = test.connect(0);
    auto& other = test.connect(1);
    std::vector<std::string> expected;
    with_each_allocation_failing([&](int number) {
        std::string const text = "number " + std::to_string(number);
        std::string const next = text + ", next";
        auto const made = publish_without(
            number, test.hub, [&] { return test.hub.broadcast(event(text)).has_value(); });
        if (made.taken) expected.push_back(text);
        test.broadcast(next);
        expected.push_back(next);
        CHECK(one.wait_for(next));
        CHECK(other.wait_for(next));
        return made.failed;
    });
    CHECK(one.received() == expected);
    CHECK(other.received() == expected);
}

TEST_CASE("without the memory to compress, a stream fails, and the others of its window go on") {
    auto const coding = GENERATE(fibercast::content_coding::gzip, fibercast::content_coding::br,
                                 fibercast::content_coding::zstd);
    with_each_allocation_failing([&](int number) {
        CAPTURE(number);
        hub_under_test test;
        for (int i = 0; i < 4; ++i) test.connect(0, {.coding = coding});
        test.broadcast("first");
        for (auto const& each : test.clients) REQUIRE(each->wait_for("first"));
        auto const made = publish_without(
            number, test.hub, [&] { return test.hub.broadcast(event("next")).has_value(); });
        auto& late = test.connect(0, {.coding = coding});
        test.broadcast("last");
        for (auto const& each : test.clients)
            CHECK(eventually(
                [&] { return !each->connected() || each->text().ends_with("data: last\n\n"); }));
        CHECK(late.received() == std::vector<std::string>{"last"});
        CHECK(test.hub.size() >= 4);
        return made.failed;
    });
}

TEST_CASE("without the memory for a send it was not sent, or it arrives") {
    hub_under_test test;
    test.connect(0);
    auto& one = test.connect(1);
    std::vector<std::string> expected;
    with_each_allocation_failing([&](int number) {
        std::string const text = "number " + std::to_string(number);
        bool failed = false, sent = false;
        {
            auto const refusing = failing_memory::at(number);
            try {
                sent = test.hub.send(one.id(), event(text)) == send_result::taken;
            } catch (std::bad_alloc const&) {
            }
            failed = refusing.failed() != 0;
        }
        if (sent) expected.push_back(text);
        sent = false;
        std::string const own = text + ", its own";
        test.pool[1].call([&] {
            auto const refusing = failing_memory::at(number);
            try {
                sent = one.send(event(own)) == send_result::taken;
            } catch (std::bad_alloc const&) {
            }
            failed |= refusing.failed() != 0;
        });
        if (sent) expected.push_back(own);
        return failed;
    });
    test.broadcast("last");
    expected.push_back("last");
    CHECK(one.wait_for("last"));
    CHECK(one.received() == expected);
}
