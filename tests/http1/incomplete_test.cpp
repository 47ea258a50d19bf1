#include "http1/conversation.hpp"
#include "http1/example_routes.hpp"

#include "support/catch.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace {

/// No answer, and no waiting without a deadline.
void check_waits_for_more(std::string_view input) {
    auto const routes = example::routes();
    memory_stream silent(input, memory_stream::then::silence);
    serve(silent, routes);
    CHECK(silent.output().empty());
    CHECK_FALSE(silent.stuck());
    memory_stream ended(input);
    serve(ended, routes);
    CHECK(ended.output().empty());
}

}  // namespace

TEST_CASE("a request that was cut anywhere gets no answer") {
    std::vector<std::string> const requests = {
        "GET / HTTP/1.1\r\nHost: example\r\nAccept: */*\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: example\r\nContent-Length: 5\r\n\r\nhello",
        "POST /echo HTTP/1.1\r\nHost: example\r\nTransfer-Encoding: chunked\r\n\r\n"
        "3;a=\"b\"\r\nhel\r\n2\r\nlo\r\n0\r\nTrailer: x\r\n\r\n",
    };
    for (auto const& request : requests) {
        for (std::size_t length = 0; length < request.size(); ++length) {
            auto const cut = request.substr(0, length);
            INFO(cut);
            check_waits_for_more(cut);
        }
        CHECK(status_line(answer_to(request, example::routes())) == "HTTP/1.1 200 OK");
    }
}

TEST_CASE("a second request that was cut anywhere gets no answer, and the first gets its") {
    std::string const request = "GET / HTTP/1.1\r\nHost: example\r\n\r\n";
    auto const routes = example::routes();
    auto const answer = answer_to(request, routes);
    for (std::size_t length = 0; length < request.size(); ++length) {
        memory_stream peer(request + request.substr(0, length), memory_stream::then::silence);
        serve(peer, routes);
        CHECK(peer.output() == answer);
        CHECK_FALSE(peer.stuck());
    }
}

TEST_CASE("each beginning of a valid request is waited on") {
    // The cases of h1spec.
    std::string const line = "GET /hello HTTP/1.1";
    std::vector<std::string> const beginnings = {
        "G",
        "GET ",
        "GET /hello",
        "GET /hello ",
        "GET /hello HTTP",
        line,
        line + "\r",
        line + "\r\n",
        line + "\r\nHos",
        line + "\r\nHost:",
        line + "\r\nHost: ",
        line + "\r\nHost: localhost",
        line + "\r\nHost: localhost\r",
        line + "\r\nHost: localhost\r\n",
        line + "\r\nHost: localhost\r\n\r",
    };
    for (auto const& each : beginnings) {
        INFO(each);
        check_waits_for_more(each);
    }
}

TEST_CASE("a client that asks first is told to go on, and the body is waited on") {
    std::string const request =
        "POST /echo HTTP/1.1\r\nHost: example\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n";
    auto const routes = example::routes();
    memory_stream peer(request + "hell", memory_stream::then::silence);
    serve(peer, routes);
    CHECK(peer.output() == "HTTP/1.1 100 Continue\r\n\r\n");
}

TEST_CASE("a client of 1.0 is not told to go on") {
    auto const answer =
        answer_to("POST /echo HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\nhello",
                  example::routes());
    CHECK(status_line(answer) == "HTTP/1.1 200 OK");
}

TEST_CASE("a request that will be refused is not invited to send its body") {
    auto const answer =
        answer_to("POST /echo HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n",
                  example::routes());
    CHECK(status_line(answer) == "HTTP/1.1 400 Bad Request");
}
