#include "http1/conversation.hpp"
#include "http1/example_routes.hpp"
#include "support/with_workers.hpp"

#include <fibercast/runtime/fiber_group.hpp>
#include <fibercast/runtime/worker.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <utility>

using fibercast::chunk;
using fibercast::chunk_ptr;
using fibercast::request;
using fibercast::response;
using fibercast::router;
using fibercast::status;
using strings = fibercast::channel<std::string>;

namespace {

constexpr std::string_view get = "GET / HTTP/1.1\r\nHost: example\r\n\r\n";
constexpr std::string_view head = "HEAD / HTTP/1.1\r\nHost: example\r\n\r\n";
constexpr std::string_view chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

router with(fibercast::handler answer) { return router().get("/", std::move(answer)); }

}  // namespace

TEST_CASE_METHOD(with_workers, "the head and what was in the channel leave in one write") {
    on_worker(0, [] {
        auto const routes = example::routes();
        memory_stream peer("GET /chunks HTTP/1.1\r\nHost: example\r\n\r\n");
        serve(peer, routes);
        CHECK(peer.writes() == 2);  // head and chunks, the end
    });
}

TEST_CASE_METHOD(with_workers, "the head leaves before the first item comes") {
    on_worker(0, [] {
        auto const items = std::make_shared<strings>(3);
        auto const routes = with([&](request const&) { return response(status::ok, items); });
        memory_stream peer(get);
        fibercast::fiber_group fibers(fibercast::worker::current()->stacks());
        fibers.spawn([&] {
            CHECK(peer.output() == chunked);
            items->push("late");
            items->close();
        });
        serve(peer, routes);
        fibers.join();
        CHECK(peer.output() == std::string(chunked) + "4\r\nlate\r\n0\r\n\r\n");
        CHECK_FALSE(peer.watched());  // the channel may go
    });
}

TEST_CASE_METHOD(with_workers, "more chunks than one write takes keep their order") {
    on_worker(0, [] {
        auto const items = std::make_shared<fibercast::channel<chunk_ptr>>(64);
        std::string expected(chunked);
        for (int i = 10; i < 60; ++i) {
            items->push(chunk::make(std::to_string(i)));
            expected += "2\r\n" + std::to_string(i) + "\r\n";
        }
        items->close();
        auto const routes = with([&](request const&) { return response(status::ok, items); });
        CHECK(answer_to(get, routes) == expected + "0\r\n\r\n");
    });
}

TEST_CASE_METHOD(with_workers, "a channel is closed when the peer goes while it waits") {
    on_worker(0, [] {
        auto const items = std::make_shared<strings>(3);
        auto const routes = with([&](request const&) { return response(status::ok, items); });
        memory_stream peer(get);
        fibercast::fiber_group fibers(fibercast::worker::current()->stacks());
        fibers.spawn([&] { peer.leave(); });
        serve(peer, routes);
        fibers.join();
        CHECK(items->push("to nobody") == fibercast::push_result::closed);
    });
}

TEST_CASE_METHOD(with_workers, "a channel is closed when the peer has gone before") {
    on_worker(0, [] {
        auto const items = std::make_shared<strings>(3);
        items->push("unsent");
        memory_stream peer(get);
        auto const routes = with([&](request const&) {
            peer.leave();
            return response(status::ok, items);
        });
        serve(peer, routes);
        CHECK(items->closed());
    });
}

TEST_CASE_METHOD(with_workers, "HEAD closes the channel of a body that it leaves out") {
    on_worker(0, [] {
        auto const empty = std::make_shared<strings>(3);
        CHECK(answer_to(head, with([&](request const&) { return response(status::ok, empty); })) ==
              chunked);
        CHECK(empty->closed());
        auto const filled = std::make_shared<strings>(3);
        filled->push("unsent");
        CHECK(answer_to(head, with([&](request const&) { return response(status::ok, filled); })) ==
              chunked);
        CHECK(filled->closed());
    });
}
