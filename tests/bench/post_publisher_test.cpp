#include "bench/scripted_server.hpp"

#include "clients/post_publisher.hpp"
#include "process/failure.hpp"

#include "support/catch.hpp"

using bench::post_publisher;

namespace {

bench::endpoint publish_at(scripted_server const& server) {
    bench::endpoint target;
    target.port = server.port();
    target.path = "/pub";
    return target;
}

/// Sends what was published and takes the answer, whether it comes at once or later.
void converse(post_publisher& publisher, scripted_server& server) {
    publisher.go_on();
    server.requests();  // it has answered
    publisher.go_on();
}

}  // namespace

TEST_CASE("messages are POSTed one after the other on one connection") {
    scripted_server server{
        {"HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\nok"
         "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n"}};
    post_publisher publisher{publish_at(server)};
    publisher.publish("1 first");
    publisher.publish("2 second one");
    CHECK_NOTHROW(converse(publisher, server));
    auto const& sent = server.requests().at(0);
    CHECK_THAT(sent, StartsWith("POST /pub HTTP/1.1\r\nHost: 127.0.0.1:"));
    CHECK_THAT(sent, ContainsSubstring("Content-Length: 7\r\n\r\n1 firstPOST /pub") &&
                         EndsWith("Content-Length: 12\r\n\r\n2 second one"));
}

TEST_CASE("a topic has a place in the path, or all go as lines of JSON in one request") {
    std::string const created = "HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n";
    scripted_server server{{created + created, created}};
    auto target = publish_at(server);
    post_publisher lines{target};
    target.path = "/pub/{topic}/now";
    post_publisher each{target};
    each.publish_to("t1", "1 x");
    each.publish_to("t2", "2 y");
    lines.publish_to("t1", "1 x");
    lines.publish_to("t2", "2 y");
    lines.go_on();
    converse(each, server);
    CHECK_NOTHROW(lines.go_on());
    auto const& together = server.requests().at(0);
    auto const& apart = server.requests().at(1);
    CHECK_THAT(together, StartsWith("POST /pub HTTP/1.1\r\n") &&
                             ContainsSubstring("Content-Type: application/x-ndjson\r\n") &&
                             EndsWith("{\"topics\":[\"t1\"],\"data\":\"1 x\"}\n"
                                      "{\"topics\":[\"t2\"],\"data\":\"2 y\"}\n"));
    CHECK_THAT(apart, StartsWith("POST /pub/t1/now HTTP/1.1\r\n") &&
                          ContainsSubstring("1 xPOST /pub/t2/now HTTP/1.1\r\n") && EndsWith("2 y"));
}

TEST_CASE("a POST that is refused is a failure") {
    scripted_server server{{"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"}};
    post_publisher publisher{publish_at(server)};
    publisher.publish("1");
    CHECK_THROWS_WITH(converse(publisher, server), ContainsSubstring("403"));
}
