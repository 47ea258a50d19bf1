#include "bench/scripted_server.hpp"

#include "clients/post_publisher.hpp"
#include "process/failure.hpp"

#include <catch2/catch.hpp>

#include <poll.h>

using bench::post_publisher;

namespace {

bench::endpoint publish_at(scripted_server const& server) {
    bench::endpoint target;
    target.port = server.port();
    target.path = "/pub";
    return target;
}

void await_answer(post_publisher const& publisher) {
    pollfd readable{publisher.fd(), POLLIN, 0};
    REQUIRE(::poll(&readable, 1, 10'000) == 1);
}

}  // namespace

TEST_CASE("messages are POSTed one after the other on one connection") {
    scripted_server server{
        {"HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\nok"
         "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n"}};
    post_publisher publisher{publish_at(server)};
    publisher.publish("1 first");
    publisher.publish("2 second one");
    publisher.go_on();
    await_answer(publisher);
    CHECK_NOTHROW(publisher.go_on());
    auto const sent = server.requests().at(0);
    CHECK_THAT(sent, Catch::StartsWith("POST /pub HTTP/1.1\r\nHost: 127.0.0.1:"));
    CHECK_THAT(sent, Catch::Contains("Content-Length: 7\r\n\r\n1 firstPOST /pub") &&
                         Catch::EndsWith("Content-Length: 12\r\n\r\n2 second one"));
}

TEST_CASE("a POST that is refused is a failure") {
    scripted_server server{{"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"}};
    post_publisher publisher{publish_at(server)};
    publisher.publish("1");
    publisher.go_on();
    await_answer(publisher);
    CHECK_THROWS_WITH(publisher.go_on(), Catch::Contains("403"));
}
