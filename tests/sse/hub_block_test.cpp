// Under `block` a worker waits for slow clients, but never for ever and never for itself.

#include "sse/hub_under_test.hpp"

#include <chrono>
#include <string>

using fibercast::end_reason;
using fibercast::event;
using fibercast::hub_options;
using fibercast::send_result;
using namespace std::chrono_literals;

namespace {

hub_options blocking_hub() {
    auto settings = hub_under_test::without_heartbeat();
    settings.channel_capacity = 2;
    settings.overflow = fibercast::overflow::block;
    return settings;
}

}  // namespace

TEST_CASE("a client whose stream has not started holds nobody up") {
    hub_under_test test(blocking_hub());
    auto& fast = test.connect(0);
    test.pool[0].call([&] {
        auto const unstarted = test.hub.join();  // as in a handler that is busy for long
        for (int i = 0; i < 10; ++i) {
            test.broadcast(std::to_string(i));
            CHECK(test.hub.flush(fibercast::after(30s)));
        }
        CHECK_FALSE(unstarted.connected());
    });
    CHECK(fast.wait_for("9"));
    CHECK(fast.received().size() == 10);
    CHECK(test.hub.stats().ended_by(end_reason::slow) == 1);
}

TEST_CASE("a handler may broadcast more than fits before it returns its stream") {
    hub_under_test test(blocking_hub());
    test.pool[0].call([&] {
        auto const mine = test.hub.join();
        std::string const large(9'000, 'x');
        for (int i = 0; i < 3'000; ++i) CHECK(test.hub.broadcast(event(large)));
    });
    CHECK(test.hub.size() == 0);
}

TEST_CASE("a send to a stuck client gives up at its deadline, and the client can be kicked") {
    hub_under_test test(blocking_hub());
    auto& stuck = test.connect(0);
    auto& elsewhere = test.connect(1);
    stuck.block();
    send_result result = send_result::taken;
    int taken = -1;
    for (; result == send_result::taken; ++taken)
        result = test.hub.send(stuck.id(), event("never read"), fibercast::after(20ms));
    CHECK(result == send_result::timed_out);
    CHECK(taken >= 3);  // its outbox is full, and one or two are in the hands of its fiber
    CHECK(taken <= 4);
    CHECK(test.hub.send(elsewhere.id(), event("hello"), fibercast::after(30s)) ==
          send_result::taken);
    CHECK(test.hub.kick(stuck.id()));
    CHECK(stuck.wait_for_end());
    CHECK(stuck.received().empty());
}

TEST_CASE("a send that waits behind a stuck client gives up at its deadline, for good") {
    hub_under_test test(blocking_hub());
    auto& stuck = test.connect(0);
    auto& behind = test.connect(0);
    stuck.block();
    for (int i = 0; i < 10; ++i) {
        test.broadcast(std::to_string(i));
        test.hub.flush(fibercast::after(1ms));
    }
    CHECK(test.hub.send(behind.id(), event("given up"), fibercast::after(2ms)) ==
          send_result::timed_out);
    stuck.unblock();
    test.broadcast("last");
    CHECK(behind.wait_for("last"));
    CHECK(behind.received().size() == 11);
}
