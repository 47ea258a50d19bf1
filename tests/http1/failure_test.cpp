#include "http1/conversation.hpp"
#include "http1/example_routes.hpp"
#include "support/captured_log.hpp"
#include "support/with_workers.hpp"

#include <fibercast/runtime/fiber_group.hpp>
#include <fibercast/runtime/worker.hpp>

#include <cstddef>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

using fibercast::chunk;
using fibercast::chunk_ptr;
using fibercast::request;
using fibercast::response;
using fibercast::status;

namespace {

std::string const get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

std::vector<std::string> const conversations = {
    get,
    get + get,
    "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\nhello" +
        get,
    "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
    "GET /countdown HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET /chunks HTTP/1.0\r\n\r\n",
    "HEAD / HTTP/1.1\r\nHost: a\r\n\r\n",
    "nonsense\r\n\r\n",
};

/// Calls `test(n)` for a connection that fails at its operation n, until one comes to its end
/// before.
template <typename Test>
void fail_at_each_operation(Test test) {
    for (std::size_t n = 0; n < 1000; ++n) {
        INFO("operation " << n << " fails");
        memory_stream const peer = test(n);
        if (peer.operations() <= n) {
            CHECK(n > 0);
            return;
        }
        CHECK(peer.operations() == n + 1);  // nothing is tried again
    }
    FAIL("it never ends");
}

}  // namespace

TEST_CASE("a connection may fail at any point, and is not used again") {
    auto const routes = example::routes();
    for (auto const& input : conversations) {
        INFO(input);
        auto const complete = answer_to(input, routes);
        fail_at_each_operation([&](std::size_t n) {
            memory_stream peer(byte_by_byte(input));
            peer.take_at_most(3);
            peer.fail_at(n);
            serve(peer, routes);
            CHECK(complete.starts_with(peer.output()));
            return peer;
        });
    }
}

TEST_CASE_METHOD(with_workers, "the channel of a body is closed wherever the connection fails") {
    auto const test = [](std::string const& input) {
        fail_at_each_operation([&](std::size_t n) {
            auto const items = std::make_shared<fibercast::channel<chunk_ptr>>(3);
            bool asked = false;
            auto const routes = fibercast::router().get("/", [&](request const&) {
                asked = true;
                return response(status::ok, items);
            });
            memory_stream peer(input);
            peer.fail_at(n);
            int sent = 0;
            fibercast::fiber_group fibers(fibercast::worker::current()->stacks());
            fibers.spawn([&] {
                // Blocks when nobody takes the items: a channel that stayed open would hang here.
                for (; sent < 20; ++sent) {
                    if (items->push(chunk::make("item")) != fibercast::push_result::taken) return;
                }
                items->close();
            });
            serve(peer, routes);
            if (!asked) items->close();
            fibers.join();
            CHECK(items->closed());
            CHECK(items.use_count() == 1);
            return peer;
        });
    };
    on_worker(0, [&] {
        test(get);
        test("GET / HTTP/1.0\r\n\r\n");
        test("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
    });
}

TEST_CASE("the path of a request cannot play tricks on who reads the log") {
    std::string const path = "/right-to-left-\xe2\x80\xae-and-c1-\xc2\x9b-and-no-utf8-\xff";
    fibercast::router routes;
    routes.get(path, [](request const& it) -> response {
        throw std::runtime_error("broken by \x1b[31m\n" + std::string(it.path().substr(0, 4)));
    });
    captured_log const log;
    answer_to("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n", routes);
    CHECK_THAT(log.text(),
               ContainsSubstring(R"('/right-to-left-\u{202e}-and-c1-\u{9b}-and-no-utf8-\xff')"));
    CHECK_THAT(log.text(), ContainsSubstring(R"('broken by \x1b[31m\n/rig')"));
}
