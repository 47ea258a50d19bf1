// Clients that are not told of gaps by an event: what they get, and when they end.

#include "sse/hub_under_test.hpp"
#include "support/eventually.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

using fibercast::end_reason;
using fibercast::event;
using fibercast::overflow;
using fibercast::subscription;

namespace {

using texts = std::vector<std::string>;

struct with_silence : hub_under_test {
    with_silence() : hub_under_test(settings()) {}

    static fibercast::hub_options settings() {
        auto made = with_history(3);
        made.channel_capacity = 2;
        return made;
    }

    std::string publish(int number) {
        auto const id = hub.publish({"a"}, event(std::to_string(number))).value().text();
        CHECK(hub.flush(fibercast::after(std::chrono::seconds(30))));
        return id;
    }

    memory_client& connect_behind(std::string id) {
        return connect(0, {.topics = {"a"}, .last_event_id = std::move(id), .tell_of_gaps = false});
    }
};

}  // namespace

TEST_CASE("who wants to hear of no gap gets what is kept, whatever is lost") {
    with_silence test;
    auto const first = test.publish(1);
    for (int i = 2; i <= 6; ++i) test.publish(i);
    for (std::string const& id :
         {first, std::string("nobody's"), std::string("#zzzzzz-3"), std::string("earliest")}) {
        INFO(id);
        auto& back = test.connect_behind(id);
        CHECK(back.begins_behind() == std::nullopt);
        CHECK(back.wait_for("6"));
        CHECK(back.received() == texts{"4", "5", "6"});
    }
    CHECK(test.hub.stats().gaps == 0);
}

TEST_CASE("who wants to hear of no gap ends when something is lost, and comes back") {
    with_silence test;
    auto const first = test.publish(1);
    auto& slow = test.connect_behind(first);
    slow.block();
    for (int i = 2; i <= 50; ++i) test.publish(i);
    slow.unblock();
    CHECK(eventually([&] { return slow.ended(); }));
    CHECK(slow.received() == texts{"2", "3", "4"});
    CHECK(slow.unfinished());
    CHECK(test.hub.stats().ended_by(end_reason::slow) == 1);
    CHECK(test.hub.stats().gaps == 0);
}

TEST_CASE("who fell behind and lost nothing goes on, told of gaps or not") {
    with_silence test;
    auto const first = test.publish(1);
    auto& slow = test.connect_behind(first);
    slow.block();
    for (int i = 2; i <= 7; ++i) test.publish(i);
    slow.unblock();
    CHECK(slow.wait_for("7"));
    CHECK(slow.received() == texts{"2", "3", "4", "5", "6", "7"});
}

TEST_CASE("who wants to hear of no gap ends when a policy throws something away") {
    for (auto const policy : {overflow::drop_oldest, overflow::drop_newest}) {
        with_silence test;
        auto& slow = test.connect(0, {.topics = {"a"}, .tell_of_gaps = false, .overflow = policy});
        slow.block();
        for (int i = 1; i <= 50; ++i) test.publish(i);
        CHECK(test.hub.stats().ended_by(end_reason::slow) == 1);
        slow.unblock();
        CHECK(eventually([&] { return slow.ended(); }));
        CHECK(test.hub.stats().gaps == 0);
    }
}
