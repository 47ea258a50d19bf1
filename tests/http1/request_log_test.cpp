#include "http1/conversation.hpp"
#include "support/captured_log.hpp"

#include <fibercast/http/query.hpp>

#include "support/catch.hpp"

#include <algorithm>
#include <new>
#include <stdexcept>
#include <string>

using fibercast::request;
using fibercast::response;
using fibercast::status;

namespace {

fibercast::handler const echo = [](request const& asked) -> response {
    if (asked.path() == "/throws")
        throw std::runtime_error(
            "no \xc2\x9b\x1b[2J\xe2\x80\xae"
            "luck\n");
    if (asked.path() == "/no-memory") throw std::bad_alloc();
    return response::text(status::ok, std::string(query_params(asked).first("a").value_or("")));
};

std::string answer_to_silence_after(std::string const& input) {
    memory_stream peer(input, memory_stream::then::silence);
    serve(peer, echo);
    return peer.output();
}

constexpr auto get = "GET /?a=% HTTP/1.1\r\nHost: a\r\n\r\n";

}  // namespace

TEST_CASE("a request at fault is answered so, and the connection goes on") {
    auto const answer =
        answer_to_silence_after(std::string(get) + "GET /?a=%41 HTTP/1.1\r\nHost: a\r\n\r\n");
    CHECK(status_line(answer) == "HTTP/1.1 400 Bad Request");
    CHECK(answer.ends_with("\r\n\r\nA"));
}

TEST_CASE("what is refused, at fault or too late is in the log at debug, with its peer") {
    captured_log const log(spdlog::level::debug);
    answer_to_silence_after("GET / HTTP/1.1\r\n\r\n");
    answer_to_silence_after(get);
    answer_to_silence_after("GET / HT");
    CHECK(log.text() ==
          "debug: 192.0.2.1:4711: refused with 400: not one valid Host\n"
          "debug: 192.0.2.1:4711: GET '/' is answered with 400: a parameter with a broken "
          "percent-encoding\n"
          "debug: 192.0.2.1:4711: closed, its request did not arrive in time\n");
}

TEST_CASE("any client can cause these lines, so they are only for debugging") {
    captured_log const log(spdlog::level::info);
    answer_to_silence_after("GET / HTTP/1.1\r\n\r\n");
    answer_to_silence_after(get);
    answer_to_silence_after("GET / HT");
    CHECK(log.text().empty());
}

TEST_CASE("what a handler has thrown is in the log, and controls no terminal") {
    captured_log const log;
    answer_to_silence_after("GET /throws?x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    CHECK(log.text() ==
          "error: the handler of GET '/throws' has thrown: 'no \\u{9b}\\x1b[2J\\u{202e}luck\\n'\n");
}

TEST_CASE("a handler without memory is no fault of the program's: the client may come again") {
    captured_log const log;
    auto const answer = answer_to_silence_after("GET /no-memory HTTP/1.1\r\nHost: a\r\n\r\n");
    CHECK(status_line(answer) == "HTTP/1.1 503 Service Unavailable");
    CHECK(answer.find("\r\nRetry-After: 1\r\n") != answer.npos);
    CHECK(log.text().starts_with("error: the handler of GET '/no-memory' has thrown: "));
}

TEST_CASE("handlers that throw at each request do not flood the log") {
    captured_log const log;
    std::string many;
    for (int i = 0; i < 1'000; ++i) many += "GET /throws HTTP/1.1\r\nHost: a\r\n\r\n";
    answer_to_silence_after(many);
    auto const text = log.text();
    CHECK(std::count(text.begin(), text.end(), '\n') <= 100);
}
