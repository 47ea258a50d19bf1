#include "http1/conversation.hpp"

#include <fibercast/http/router.hpp>

#include "support/catch.hpp"

#include <string>
#include <string_view>
#include <vector>

using fibercast::request;
using fibercast::response;
using fibercast::status;

namespace {

/// What a handler of every path saw: each answer is its text.
std::string seen(std::string_view input, fibercast::handler const& describe) {
    fibercast::router routes;
    for (auto const* path : {"/", "/path", "/index.html"}) {
        routes.get(path, describe);
        routes.post(path, describe);
    }
    memory_stream peer(input, memory_stream::then::silence);
    serve(peer, routes);
    auto const answer = peer.output();
    memory_stream slow_peer(byte_by_byte(input));
    serve(slow_peer, routes);
    CHECK(slow_peer.output() == answer);
    CHECK(status_line(answer) == "HTTP/1.1 200 OK");
    return answer.substr(answer.find("\r\n\r\n") + 4);
}

std::string value_of_x(std::string const& fields) {
    return seen("GET / HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n", [](request const& asked) {
        return response::text(status::ok, std::string(asked.header("X")));
    });
}

std::string target_of(std::string const& target) {
    return seen("GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n", [](request const& asked) {
        return response::text(status::ok,
                              std::string(asked.path()) + " " + std::string(asked.query()));
    });
}

std::string body_of(std::string const& input) {
    return seen(input,
                [](request const& asked) { return response::text(status::ok, asked.body()); });
}

}  // namespace

TEST_CASE("a field's name has any case and its value loses the space around it") {
    CHECK(value_of_x("x:test\r\n") == "test");
    CHECK(value_of_x("X: \t test \t\r\n") == "test");
    CHECK(value_of_x("X: a  b\r\n") == "a  b");
    CHECK(value_of_x("X:\r\n").empty());
    CHECK(value_of_x("X: \r\n").empty());
    CHECK(value_of_x("X: \xe4\xf6\r\n") == "\xe4\xf6");
    CHECK(value_of_x("X: a:b\r\n") == "a:b");
    CHECK(value_of_x("X: first\r\nX: second\r\n") == "first");
    CHECK(value_of_x("Y: other\r\n").empty());
}

TEST_CASE("any form of Host is a Host") {
    for (auto const* host : {"Host: a", "hoSt:\ta", "HOST:a:80", "Host:", "Host: [::1]:80"}) {
        INFO(host);
        CHECK(body_of("GET / HTTP/1.1\r\n" + std::string(host) + "\r\n\r\n").empty());
    }
    CHECK(body_of("GET / HTTP/1.0\r\n\r\n").empty());
}

TEST_CASE("a target has a path and a query") {
    CHECK(target_of("/path") == "/path ");
    CHECK(target_of("/path?") == "/path ");
    CHECK(target_of("/path?a=b&c=%20?d") == "/path a=b&c=%20?d");
    CHECK(target_of("/?from=http://other/place") == "/ from=http://other/place");
}

TEST_CASE("a target in the absolute form means its path") {
    CHECK(target_of("http://example/path?a=b") == "/path a=b");
    CHECK(target_of("HTTPS://example:443/path") == "/path ");
    CHECK(target_of("http://example") == "/ ");
    CHECK(target_of("http://example/") == "/ ");
    CHECK(target_of("http://example?a=b") == "/ a=b");
}

TEST_CASE("a body comes whole, in chunks or not at all") {
    std::string const post = "POST / HTTP/1.1\r\nHost: a\r\n";
    CHECK(body_of(post + "Content-Length: 5\r\n\r\nhello") == "hello");
    CHECK(body_of(post + "Content-Length: 005\r\n\r\nhello") == "hello");
    CHECK(body_of(post + "Content-Length: 0\r\n\r\n").empty());
    CHECK(body_of(post + "\r\n").empty());
    CHECK(body_of(post + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n").empty());
    CHECK(body_of(post + "Transfer-Encoding: Chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n") == "hello");
    CHECK(
        body_of(post +
                "Transfer-Encoding: chunked\r\n\r\n"
                "4\r\ntest\r\n005;a=\"b;c\"\r\n data\r\nA\r\n0123456789\r\n000\r\nT: x\r\n\r\n") ==
        "test data0123456789");
    CHECK(body_of("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n").empty());
}

TEST_CASE("an asterisk asks about the whole server") {
    auto const answer = [](std::string const& input) {
        return answer_to(input, fibercast::router().get(
                                    "/", [](request const&) { return response(status::ok); }));
    };
    CHECK(status_line(answer("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n")) == "HTTP/1.1 404 Not Found");
    CHECK(status_line(answer("OPTIONS / HTTP/1.1\r\nHost: a\r\n\r\n")) ==
          "HTTP/1.1 405 Method Not Allowed");
    CHECK(status_line(answer("BREW / HTTP/1.1\r\nHost: a\r\n\r\n")) ==
          "HTTP/1.1 405 Method Not Allowed");
}

TEST_CASE("the connection is kept as version and fields say") {
    fibercast::router const routes =
        fibercast::router().get("/", [](request const&) { return response(status::ok); });
    auto const answers = [&](std::string const& version, std::string const& fields) {
        auto const input = "GET / HTTP/" + version + "\r\nHost: a\r\n" + fields + "\r\n";
        return count_of("HTTP/1.1 200", answer_to(input + input + input, routes));
    };
    CHECK(answers("1.1", "") == 3);
    CHECK(answers("1.1", "Connection: keep-alive\r\n") == 3);
    CHECK(answers("1.1", "Connection: close\r\n") == 1);
    CHECK(answers("1.1", "Connection: TE, Close\r\n") == 1);
    CHECK(answers("1.0", "") == 1);
    CHECK(answers("1.0", "Connection: Keep-Alive\r\n") == 3);
    CHECK(answers("1.0", "Connection: close\r\n") == 1);
}
