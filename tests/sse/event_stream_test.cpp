#include "sse/hub_under_test.hpp"
#include "support/field_lines.hpp"

#include <fibercast/http/body.hpp>
#include <fibercast/runtime/sleep.hpp>

#include <optional>
#include <string>

TEST_CASE("an event stream has the fields that keep proxies from holding it up") {
    hub_under_test test;
    test.pool[0].call([&] {
        auto const stream = fibercast::event_stream(test.hub.join());
        CHECK(stream.status() == fibercast::status::ok);
        CHECK(lines_of(stream.fields()) ==
              "Content-Type: text/event-stream\r\n"
              "Cache-Control: no-cache, no-store, no-transform\r\n"
              "X-Accel-Buffering: no\r\n");
        CHECK_FALSE(stream.body().size());
        CHECK(test.hub.size() == 1);
    });
    CHECK(test.hub.size() == 0);
}

TEST_CASE("a client that has left before its stream starts ends at once") {
    hub_under_test test;
    test.pool[0].call([&] {
        auto one = test.hub.join();
        CHECK(one.send(fibercast::event("queued")) == fibercast::send_result::taken);
        CHECK(test.hub.kick(one.id()));
        fibercast::testing::memory_output out;
        write_body(one, out);
        CHECK(out.text() == "data: queued\n\n");
    });
}

TEST_CASE("a stream whose peer is already gone ends at once") {
    hub_under_test test;
    test.pool[0].call([&] {
        auto one = test.hub.join();
        fibercast::testing::memory_output out;
        out.leave();
        write_body(one, out);
        CHECK_FALSE(one.connected());
        CHECK(one.send(fibercast::event("too late")) == fibercast::send_result::gone);
        CHECK(out.text().empty());
    });
}

TEST_CASE("a stream that waits and is given up leaves nothing behind") {
    hub_under_test test;
    test.pool[0].call([&] {
        struct never_run final : fibercast::runnable {
            bool run() noexcept override {
                FAIL_CHECK("whoever would be woken has gone");
                return true;
            }
        } again;
        fibercast::testing::memory_output out;
        std::optional<fibercast::any_body> body(test.hub.join());
        CHECK(write_ready(*body, out, again) == fibercast::body_state::waits);
        CHECK(test.hub.size() == 1);
        body.reset();
        CHECK(test.hub.size() == 0);
        CHECK_FALSE(again.is_ready());
        out.leave();  // nobody watches
        for (int i = 0; i < 8; ++i) fibercast::yield();
    });
    test.hub.broadcast(fibercast::event("to nobody"));
}

TEST_CASE("a stream written in a fiber gets its turn before its policy strikes") {
    auto settings = hub_under_test::without_heartbeat();
    settings.channel_capacity = 1;
    settings.overflow = fibercast::overflow::disconnect;
    hub_under_test test(settings);
    memory_client one(test.pool[0], test.hub);
    test.pool[0].call([&] {
        for (int i = 0; i < 10; ++i)
            CHECK(test.hub.send(one.id(), fibercast::event(std::to_string(i))) ==
                  fibercast::send_result::taken);
    });
    CHECK(one.wait_for("9"));
}
