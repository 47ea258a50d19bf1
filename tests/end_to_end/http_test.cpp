#include "support/curl.hpp"
#include "support/raw_client.hpp"
#include "support/server_process.hpp"
#include "support/without_ids.hpp"

#include "support/catch.hpp"

#include <chrono>
#include <string>

using namespace end_to_end;
using namespace std::chrono_literals;
TEST_CASE("a client of HTTP/1.0 gets the stream without chunks, up to the close") {
    server_process server;
    raw_client client(server.port());
    client.send("GET / HTTP/1.0\r\n\r\n");
    auto const answer = without_ids(client.input().until("connected\n\n"));
    CHECK_THAT(answer, StartsWith("HTTP/1.1 200 OK\r\n") &&
                           ContainsSubstring("Connection: close\r\n") &&
                           !ContainsSubstring("chunked") &&
                           ContainsSubstring("\r\n\r\ndata: Successfully connected\n\n"));
    server.execute("broadcast Hello");
    CHECK(without_ids(client.input().until("\n\n")) == "data: Hello\n\n");
    server.execute("kick 1");
    CHECK(client.input().until_end().empty());
}

TEST_CASE("HEAD gets the head of the stream and joins nobody") {
    server_process server;
    CHECK(fetch(server.url(), {"-I"}) ==
          "HTTP/1.1 200 OK\r\n"
          "Content-Type: text/event-stream\r\n"
          "Cache-Control: no-cache, no-store, no-transform\r\n"
          "X-Accel-Buffering: no\r\n"
          "Transfer-Encoding: chunked\r\n"
          "\r\n");
    server.await_stat("clients", 0);
}

TEST_CASE("an unknown path is a 404") {
    server_process server;
    CHECK(fetch(server.url("/nothing")) ==
          "HTTP/1.1 404 Not Found\r\n"
          "Content-Type: text/plain; charset=utf-8\r\n"
          "Content-Length: 14\r\n"
          "\r\n"
          "404 Not Found\n");
}

TEST_CASE("a method the stream does not have is a 405 with Allow") {
    server_process server;
    CHECK_THAT(fetch(server.url(), {"-i", "-X", "POST", "-d", "text"}),
               StartsWith("HTTP/1.1 405 Method Not Allowed\r\n") &&
                   ContainsSubstring("\r\nAllow: GET, HEAD\r\n"));
    CHECK_THAT(fetch(server.url(), {"-i", "-X", "DELETE"}),
               StartsWith("HTTP/1.1 405 Method Not Allowed\r\n"));
}

TEST_CASE("pages of other origins are told what they may read") {
    server_process server({"--cors-origin", "https://app.example.com"});
    auto const preflight = [&](std::string const& origin) {
        return fetch(server.url(), {"-i", "-X", "OPTIONS", "-H", "Origin: " + origin, "-H",
                                    "Access-Control-Request-Method: GET"});
    };
    CHECK_THAT(preflight("https://app.example.com"),
               StartsWith("HTTP/1.1 204 No Content\r\n") &&
                   ContainsSubstring("Access-Control-Allow-Origin: https://app.example.com\r\n"));
    CHECK_THAT(
        preflight("https://evil.example.com"),
        StartsWith("HTTP/1.1 403 Forbidden\r\n") && !ContainsSubstring("Access-Control-Allow"));
    CHECK_THAT(fetch(server.url("/nothing"), {"-i", "-H", "Origin: https://app.example.com"}),
               StartsWith("HTTP/1.1 404 Not Found\r\n") &&
                   ContainsSubstring("Access-Control-Allow-Origin: https://app.example.com\r\n") &&
                   ContainsSubstring("Vary: Origin\r\n"));
}

TEST_CASE("a connection is kept for the next request") {
    server_process server;
    auto const answers = fetch(server.url("/a"), {"-i", server.url("/b"), server.url("/c")});
    CHECK(answers.find("404 Not Found\n", answers.rfind("HTTP/1.1 404")) != std::string::npos);
    CHECK(server.stat("accepted") == 1);
}

TEST_CASE("pipelined requests are answered in order") {
    server_process server;
    raw_client client(server.port());
    client.send("GET /nothing HTTP/1.1\r\nHost: test\r\n\r\nPUT / HTTP/1.1\r\nHost: test\r\n\r\n");
    client.send(stream_request);
    CHECK_THAT(client.input().until("\n\r\n"), StartsWith("HTTP/1.1 404"));
    CHECK_THAT(client.input().until("\n\r\n"), ContainsSubstring("HTTP/1.1 405"));
    CHECK_THAT(client.input().until("\n\r\n"), ContainsSubstring("HTTP/1.1 200"));
    client.input().until("data: Successfully connected\n\n");
}

TEST_CASE("what is no proper request is refused and the connection closed") {
    server_process server;
    auto const answer_to = [&](std::string const& text) {
        raw_client client(server.port());
        client.send(text);
        return client.input().until_end();
    };
    CHECK_THAT(answer_to("hello\r\n\r\n"), StartsWith("HTTP/1.1 400 Bad Request\r\n"));
    CHECK_THAT(answer_to("GET / HTTP/1.1\r\n\r\n"),
               StartsWith("HTTP/1.1 400") && ContainsSubstring("Connection: close"));
    CHECK_THAT(answer_to("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"),
               StartsWith("HTTP/1.1 400"));
    CHECK_THAT(answer_to("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbody"),
               StartsWith("HTTP/1.1 400"));
    CHECK_THAT(answer_to("GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(9'000, 'x') + "\r\n\r\n"),
               StartsWith("HTTP/1.1 431 Request Header Fields Too Large\r\n"));
}

TEST_CASE("curl sees why a body or a large header is refused") {
    server_process server;
    CHECK_THAT(fetch(server.url(), {"-i", "-X", "GET", "-d", "body"}), StartsWith("HTTP/1.1 400"));
    CHECK_THAT(fetch(server.url(), {"-i", "-H", "X: " + std::string(9'000, 'x')}),
               StartsWith("HTTP/1.1 431"));
}

TEST_CASE("a header that does not come to its end is not waited for longer than the limit") {
    server_process server;
    auto const begin = std::chrono::steady_clock::now();
    raw_client client(server.port());
    client.send("GET / HTTP/1.1\r\nHos");
    CHECK(client.input().until_end(60s).empty());
    CHECK(std::chrono::steady_clock::now() - begin > 9s);
}
