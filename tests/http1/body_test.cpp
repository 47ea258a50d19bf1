#include "http1/conversation.hpp"
#include "http1/example_routes.hpp"

#include "support/catch.hpp"

#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

using fibercast::any_body;
using fibercast::request;
using fibercast::response;
using fibercast::router;
using fibercast::status;
using strings = fibercast::channel<std::string>;

namespace example {

/// Promises more or less than it writes, or fails on the way.
struct liar {
    std::uint64_t promised;
    std::string written;
};
inline void write_body(liar& it, fibercast::output& out) { (void)out.write(it.written); }
inline std::uint64_t body_size(liar const& it) { return it.promised; }

struct thrower {};
inline void write_body(thrower&, fibercast::output& out) {
    (void)out.write("so far");
    throw std::runtime_error("no further");
}

/// Notes what its output answers.
struct asker {
    std::optional<bool>* wrote;
};
inline void write_body(asker& it, fibercast::output& out) { *it.wrote = out.write("hello"); }

/// Gives up in the middle.
struct quitter {};
inline void write_body(quitter&, fibercast::output& out) {
    if (out.write("for " + out.peer().address().ip())) out.peer().abort();
    CHECK_FALSE(out.write("never sent"));
    CHECK_FALSE(out.flush());
    CHECK_FALSE(out.peer().stalled());
    CHECK(out.peer().unsent() == 0);
}

}  // namespace example

namespace {

constexpr std::string_view get = "GET / HTTP/1.1\r\nHost: example\r\n\r\n";
constexpr std::string_view head = "HEAD / HTTP/1.1\r\nHost: example\r\n\r\n";
constexpr std::string_view chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

router with(fibercast::handler answer) { return router().get("/", std::move(answer)); }

}  // namespace

TEST_CASE("a body knows its size when its type does") {
    CHECK(any_body().size() == 0);
    CHECK(any_body("hello").size() == 5);
    CHECK(any_body(std::string(7, 'x')).size() == 7);
    CHECK(any_body(example::repeated{'x', 9}).size() == 9);
    CHECK_FALSE(any_body(example::countdown{3}).size());
    CHECK_FALSE(any_body(std::make_shared<strings>(2)).size());
    STATIC_REQUIRE(fibercast::body<example::countdown>);
    STATIC_REQUIRE_FALSE(fibercast::sized_body<example::countdown>);
    STATIC_REQUIRE_FALSE(fibercast::body<int>);
}

TEST_CASE("a body that writes less than it promised ends the connection") {
    auto const routes = with([](request const&) {
        return response(status::ok, example::liar{9, "hello"});
    });
    memory_stream peer(std::string(get) + std::string(get));
    serve(peer, routes);
    CHECK(peer.output() == "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello");
}

TEST_CASE("a body that writes more than it promised ends the connection") {
    auto const routes = with([](request const&) {
        return response(status::ok, example::liar{3, "hello"});
    });
    memory_stream peer(std::string(get) + std::string(get));
    serve(peer, routes);
    CHECK(count_of("HTTP/1.1", peer.output()) == 1);
}

TEST_CASE("a body that throws ends the connection without the mark of a complete response") {
    auto const routes =
        with([](request const&) { return response(status::ok, example::thrower{}); });
    memory_stream peer(std::string(get) + std::string(get));
    CHECK_THROWS_WITH(serve(peer, routes), "no further");
    CHECK(peer.output() == std::string(chunked) + "6\r\nso far\r\n");
}

TEST_CASE("a body may end the connection itself") {
    auto const routes =
        with([](request const&) { return response(status::ok, example::quitter{}); });
    memory_stream peer(std::string(get) + std::string(get));
    serve(peer, routes);
    CHECK(peer.output() == std::string(chunked) + "d\r\nfor 192.0.2.1\r\n");
}

TEST_CASE("the output of a body that is left out is at its end") {
    std::optional<bool> wrote;
    auto const routes =
        with([&](request const&) { return response(status::ok, example::asker{&wrote}); });
    CHECK(answer_to(head, routes) == chunked);
    CHECK(wrote == false);
    CHECK(answer_to(get, routes) == std::string(chunked) + "5\r\nhello\r\n0\r\n\r\n");
    CHECK(wrote == true);
}
