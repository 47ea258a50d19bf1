#include "sse/hub_under_test.hpp"
#include "support/field_lines.hpp"

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
        fake_output out;
        write_body(one, out);
        CHECK(out.text() == "data: queued\n\n");
    });
}

TEST_CASE("a stream whose peer is already gone ends at once") {
    hub_under_test test;
    test.pool[0].call([&] {
        auto one = test.hub.join();
        fake_output out;
        out.end();
        write_body(one, out);
        CHECK_FALSE(one.connected());
        CHECK(one.send(fibercast::event("too late")) == fibercast::send_result::gone);
        CHECK(out.text().empty());
    });
}
