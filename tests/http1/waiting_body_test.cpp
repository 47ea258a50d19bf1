#include "http1/conversation.hpp"
#include "support/with_workers.hpp"

#include <fibercast/http/body.hpp>
#include <fibercast/http/router.hpp>
#include <fibercast/runtime/fiber_group.hpp>
#include <fibercast/runtime/sleep.hpp>

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using fibercast::body_state;
using fibercast::request;
using fibercast::response;
using fibercast::runnable;
using fibercast::status;

namespace {

/// What a test puts into the body below.
struct feed {
    std::string next;
    bool over = false;
    bool fails = false;
    runnable* again = nullptr;
    int looks = 0;
};

/// A body of a user's that waits without a fiber.
struct fed_body {
    feed* from;
};

body_state write_ready(fed_body& it, fibercast::output& out, runnable& again) {
    feed& from = *it.from;
    ++from.looks;
    if (from.fails) throw std::runtime_error("the feed is broken");
    if (!out.write(std::exchange(from.next, {})) || !out.flush() || std::exchange(from.over, false))
        return body_state::over;
    from.again = &again;
    return body_state::waits;
}

constexpr std::string_view head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

fibercast::router serving_it(feed& from) {
    return fibercast::router().get(
        "/", [&](request const&) { return response(status::ok, fed_body{&from}); });
}

constexpr std::string_view get = "GET / HTTP/1.1\r\nHost: example\r\n\r\n";

void run_others() {
    for (int i = 0; i < 8; ++i) fibercast::yield();
}

}  // namespace

TEST_CASE_METHOD(with_workers, "a body of one's own may wait without a fiber") {
    on_worker(0, [] {
        feed from;
        auto const routes = serving_it(from);
        memory_stream peer(get);
        fibercast::fiber_group fibers(fibercast::worker::current()->stacks());
        fibers.spawn([&] { serve(peer, routes); });
        run_others();
        CHECK(peer.output() == head);
        from.next = "one";
        from.again->ready();
        from.again->ready();
        run_others();
        CHECK(peer.output() == std::string(head) + "3\r\none\r\n");
        from.again->ready();  // for nothing
        run_others();
        CHECK(from.looks == 3);
        from.over = true;
        from.again->ready();
        fibers.join();
        CHECK(peer.output() == std::string(head) + "3\r\none\r\n0\r\n\r\n");
    });
}

TEST_CASE_METHOD(with_workers, "what a waiting body throws ends the connection") {
    on_worker(0, [] {
        feed from;
        auto const routes = serving_it(from);
        memory_stream peer(std::string(get) + std::string(get));
        fibercast::fiber_group fibers(fibercast::worker::current()->stacks());
        bool thrown = false;
        fibers.spawn([&] {
            try {
                serve(peer, routes);
            } catch (std::runtime_error const&) {
                thrown = true;
            }
        });
        run_others();
        from.fails = true;
        from.again->ready();
        fibers.join();
        CHECK(thrown);
        CHECK(peer.output() == head);
    });
}

TEST_CASE_METHOD(with_workers,
                 "a next request is read after a body that has waited, as one before it") {
    on_worker(0, [] {
        feed from;
        auto const routes = serving_it(from);
        bool const both_at_once = GENERATE(false, true);
        std::string const request(get);
        memory_stream peer(both_at_once ? std::vector{request + request}
                                        : std::vector{request, request});
        peer.comes_late();
        fibercast::fiber_group fibers(fibercast::worker::current()->stacks());
        fibers.spawn([&] { serve(peer, routes); });
        for (int i = 0; i < 2; ++i) {
            run_others();
            from.over = true;
            from.again->ready();
            while (count_of("0\r\n\r\n", peer.output()) <= static_cast<std::size_t>(i))
                fibercast::yield();
        }
        fibers.join();
        CHECK(count_of(head, peer.output()) == 2);
    });
}
