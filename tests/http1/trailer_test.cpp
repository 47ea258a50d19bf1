#include "http1/conversation.hpp"

#include <fibercast/http/router.hpp>

#include "support/catch.hpp"

TEST_CASE("what a trailer says is no header field, and does not end the connection") {
    fibercast::router routes;
    routes.post("/", [](fibercast::request const& asked) {
        auto const found =
            std::string(asked.header("Authorization")) + std::string(asked.header("X-In"));
        return fibercast::response::text(fibercast::status::ok, found + asked.body());
    });
    std::string const one =
        "POST / HTTP/1.1\r\nHost: example\r\nX-In: header \r\nTransfer-Encoding: chunked\r\n\r\n"
        "5\r\nhello\r\n0\r\nAuthorization: forged\r\nConnection: close\r\n\r\n";
    auto const answer = answer_to(one + one, routes);
    CHECK(count_of("forged", answer) == 0);
    CHECK(count_of("\r\n\r\nheaderhello", answer) == 2);
}
