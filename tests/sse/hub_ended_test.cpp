// A handler is told that its client has ended: once, whatever the reason.

#include "sse/failing_memory.hpp"
#include "sse/hub_under_test.hpp"
#include "support/eventually.hpp"

#include <fibercast/runtime/worker.hpp>

#include <chrono>
#include <memory>
#include <new>
#include <string>
#include <vector>

using fibercast::end_reason;
using fibercast::event;
using fibercast::worker;
using namespace std::chrono_literals;

namespace {

/// Of one worker.
using reasons = std::vector<end_reason>;

std::function<void(end_reason)> note_in(reasons& all) {
    return [&all](end_reason why) { all.push_back(why); };
}

}  // namespace

TEST_CASE("the end of a client is told once, with its reason, on its worker") {
    hub_under_test test;
    reasons told;
    std::size_t on = 7;
    auto const tell = [&](end_reason why) {
        told.push_back(why);
        on = worker::current()->index();
    };
    auto const one = [&](fibercast::subscription wants = {}) -> memory_client& {
        auto& made = test.connect(1, std::move(wants));
        made.when_ended(tell);
        return made;
    };
    auto& kicked = one();
    CHECK(test.hub.kick(kicked.id()));
    CHECK(kicked.wait_for_end());
    CHECK(on == test.pool[1].index());
    one({.topics = {"a"}}).go_away();
    one().end();
    CHECK(one({.ends_at = fibercast::after(1ms)}).wait_for_end());
    auto& failing = one();
    failing.fail_writes();
    test.broadcast("cannot be written");
    CHECK(failing.wait_for_end());
    auto& drained = one();
    test.hub.drain(0ms);
    CHECK(drained.wait_for_end());
    test.clients.clear();
    CHECK(told == reasons{end_reason::kicked, end_reason::peer, end_reason::finished,
                          end_reason::expired, end_reason::failed, end_reason::drained});
}

TEST_CASE("the end of a client without a stream, and one that is over, are told too") {
    hub_under_test test;
    reasons told;
    test.pool[0].call([&] {
        { test.hub.join().when_ended(note_in(told)); }
        CHECK(told == reasons{end_reason::finished});
        auto ended = test.hub.join();
        test.hub.kick(ended.id());
        ended.when_ended(note_in(told));
        CHECK(told == reasons{end_reason::finished, end_reason::kicked});
        auto twice = test.hub.join();
        twice.when_ended([](end_reason) { FAIL("another has taken its place"); });
        twice.when_ended(note_in(told));
        twice.end();
        twice.end();
        CHECK(told.size() == 3);
    });
    CHECK(told.size() == 3);
}

TEST_CASE("whoever hears of an end has left the hub, and can publish from another fiber") {
    hub_under_test test;
    auto& one = test.connect(0, {.topics = {"a"}});
    auto& other = test.connect(0, {.topics = {"ends"}});
    one.when_ended([&](end_reason) {
        CHECK(test.hub.size() == 1);
        worker::current()->fibers().spawn([&] { test.hub.publish({"ends"}, event("1")); });
    });
    one.go_away();
    CHECK(other.wait_for("1"));
}

TEST_CASE("without the memory to be told of an end nothing is told") {
    hub_under_test test;
    bool failed = true;
    for (int number = 1; failed; ++number) {
        CAPTURE(number);
        test.pool[0].call([&] {
            reasons told;
            told.reserve(1);
            auto one = test.hub.join();
            bool registered = false;
            std::function<void(end_reason)> tell = note_in(told);
            {
                auto const refusing = failing_memory::at(number);
                try {
                    one.when_ended(std::move(tell));
                    registered = true;
                } catch (std::bad_alloc const&) {
                }
                failed = refusing.failed() != 0;
            }
            CHECK(registered != failed);
            one.end();
            CHECK(told.size() == (registered ? 1 : 0));
        });
    }
}
