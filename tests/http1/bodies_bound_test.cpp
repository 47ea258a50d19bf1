#include "http1/conversation.hpp"
#include "http1/request_body.hpp"

#include "support/catch.hpp"

#include <string>

using fibercast::request;
using fibercast::request_body;
using fibercast::response;
using fibercast::status;

namespace {

std::string post(std::size_t bytes) {
    return "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(bytes) + "\r\n\r\n" +
           std::string(bytes, 'x');
}

std::string post_in_chunks(std::size_t chunks) {
    std::string request = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (std::size_t i = 0; i < chunks; ++i) request += "a\r\n0123456789\r\n";
    return request + "0\r\n\r\n";
}

std::string answer_within(std::uint64_t bound, std::string const& input,
                          fibercast::handler const& answer) {
    fibercast::http_limits limits;
    limits.bodies_bytes = bound;
    memory_stream peer(input, memory_stream::then::silence);
    serve(peer, answer, limits);
    return peer.output();
}

fibercast::handler const size_of_body = [](request const& asked) {
    return response::text(status::ok, std::to_string(asked.body().size()));
};

constexpr auto no_room = "HTTP/1.1 503 Service Unavailable";

}  // namespace

TEST_CASE("bodies beyond the bound of the process are told to come again") {
    request_body others(1000);
    REQUIRE(others.append(std::string(500, 'x')));
    for (auto const& input : {post(501), post_in_chunks(51)}) {
        auto const answer = answer_within(1000, input, size_of_body);
        CHECK(status_line(answer) == no_room);
        CHECK(count_of("Retry-After: 1\r\n", answer) == 1);
        CHECK(count_of("Connection: close\r\n", answer) == 1);
        CHECK(request_body::held_by_all() == 500);
    }
    CHECK(answer_within(1000, post(500), size_of_body).ends_with("\r\n\r\n500"));
    CHECK(answer_within(1000, post_in_chunks(25), size_of_body).ends_with("\r\n\r\n250"));
    CHECK(request_body::held_by_all() == 500);
}

TEST_CASE("a body beyond the whole bound is too large, and would be another time") {
    for (auto const& input : {post(1001), post_in_chunks(101)}) {
        auto const answer = answer_within(1000, input, size_of_body);
        CHECK(status_line(answer) == "HTTP/1.1 413 Payload Too Large");
        CHECK(count_of("Retry-After", answer) == 0);
    }
    CHECK(answer_within(1000, post(1000), size_of_body).ends_with("\r\n\r\n1000"));
    CHECK(answer_within(1000, post_in_chunks(100), size_of_body).ends_with("\r\n\r\n1000"));
}

TEST_CASE("a body counts until its request is answered") {
    std::string inside;
    fibercast::handler const asks_again = [&](request const& asked) {
        CHECK(request_body::held_by_all() >= asked.body().size());
        inside = status_line(answer_within(1000, post(500), size_of_body));
        return response(status::ok);
    };
    auto const both = post(600) + post(100);
    CHECK(count_of("HTTP/1.1 200", answer_within(1000, both, asks_again)) == 2);
    CHECK(inside == "HTTP/1.1 200 OK");  // beside the second
    answer_within(1000, post(600), asks_again);
    CHECK(inside == no_room);
    CHECK(request_body::held_by_all() == 0);
}

TEST_CASE("what a header promises costs nothing until it comes") {
    std::string const promise = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 900\r\n\r\n";
    CHECK(answer_within(1000, promise, size_of_body).empty());
    CHECK(request_body::held_by_all() == 0);
}

TEST_CASE("a body that never comes whole is not counted any more") {
    for (std::size_t n = 0; n < 20; ++n) {
        memory_stream peer(byte_by_byte(post(400)));
        peer.fail_at(60 + 20 * n);
        serve(peer, size_of_body);
        CHECK(request_body::held_by_all() == 0);
    }
}
