// RFC 9112, section 9.6: whoever closes while there is input that nobody has read makes the kernel
// reset the connection, and the reset destroys what the peer has not read yet.

#include "http1/conversation.hpp"
#include "http1/example_routes.hpp"

#include "support/catch.hpp"

#include <chrono>
#include <string>

using namespace std::chrono_literals;

TEST_CASE(
    "a peer may read the last answer before the close, whatever it sends behind the request") {
    fibercast::handler const routes = example::routes();
    fibercast::http_limits limits;
    limits.linger_bytes = 12'345;
    for (std::string const request :
         {"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", "GET / HTTP/1.0\r\n\r\n",
          "GET /strings HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", "nonsense\r\n\r\n"}) {
        INFO(request);
        memory_stream peer(request + "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        serve(peer, routes, limits);
        CHECK(count_of("HTTP/1.1 ", peer.output()) == 1);
        CHECK(peer.linger_bytes() == limits.linger_bytes);
        CHECK(peer.linger_pause() == 0ms);
    }
}

TEST_CASE("a peer that has ended is not waited for") {
    fibercast::handler const routes = example::routes();
    for (std::string const request : {"", "GET / HTTP/1.1\r\nHost: a\r\n\r\n", "GET / HT"}) {
        memory_stream peer(request);
        serve(peer, routes);
        CHECK_FALSE(peer.linger_bytes());
    }
}

namespace {

/// A body that says that more would have followed.
struct unfinished_body {
    bool writes = true;
};

void write_body(unfinished_body& it, fibercast::output& out) {
    out.leave_unfinished();
    if (it.writes) CHECK(out.write("some"));
}

}  // namespace

TEST_CASE("a body that leaves itself unfinished has no last chunk, and nothing follows it") {
    bool const writes = GENERATE(true, false);
    fibercast::handler const answers = [=](fibercast::request const&) {
        return fibercast::response(fibercast::status::ok, unfinished_body{writes});
    };
    memory_stream peer("GET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n");
    serve(peer, answers);
    CHECK(peer.output() == std::string("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n") +
                               (writes ? "4\r\nsome\r\n" : ""));
    CHECK(peer.linger_bytes());  // the end is not a reset
    CHECK(peer.linger_pause() == 100ms);
}

TEST_CASE("without chunks the close is the end, also of what is unfinished") {
    fibercast::handler const answers = [](fibercast::request const&) {
        return fibercast::response(fibercast::status::ok, unfinished_body{});
    };
    CHECK(answer_to("GET / HTTP/1.0\r\n\r\n", answers).ends_with("\r\n\r\nsome"));
}
