#include <fibercast/http/response.hpp>
#include "http1/response_head.hpp"

#include "support/catch.hpp"
#include "support/field_lines.hpp"

#include <memory>
#include <stdexcept>
#include <string>

using namespace std::string_literals;
using fibercast::framing;
using fibercast::response;
using fibercast::status;
using fibercast::transfer;

TEST_CASE("a response collects its fields in order") {
    auto answer = response(status::ok).header("A", "1").header("b", "two words").header("A", "");
    CHECK(lines_of(answer.fields()) == "A: 1\r\nb: two words\r\nA: \r\n");
    CHECK(answer.status() == status::ok);
    CHECK(answer.body().size() == 0);
    answer.header("C", "a\tb \xe4");
    CHECK(lines_of(answer.fields()).ends_with("C: a\tb \xe4\r\n"));
}

TEST_CASE("a field cannot break out of its line") {
    response answer(status::ok);
    for (auto const& value :
         {"a\rb"s, "a\nb"s, "a\r\nX: y"s, "\n"s, "a\0b"s, "\x1b[1m"s, "\x7f"s}) {
        INFO(value);
        CHECK_THROWS_AS(answer.header("Name", value), std::invalid_argument);
    }
    CHECK(answer.fields().empty());
}

TEST_CASE("a field's name is a token") {
    response answer(status::ok);
    for (auto const& name :
         {""s, "a b"s, "a:"s, " a"s, "a\r\nb"s, "a\0"s, "\xe4"s, "a[]"s, "(a)"s, "a\x7f"s}) {
        INFO(name);
        CHECK_THROWS_AS(answer.header(name, "value"), std::invalid_argument);
    }
    CHECK(answer.fields().empty());
    answer.header("!#$%&'*+-.^_`|~09azAZ", "value");
    CHECK(lines_of(answer.fields()) == "!#$%&'*+-.^_`|~09azAZ: value\r\n");
}

TEST_CASE("a handler cannot say what the connection says about the transfer") {
    fibercast::response answer(status::ok);
    for (auto const* const name : {"Content-Length", "transfer-encoding", "CONNECTION"})
        CHECK_THROWS_AS(answer.header(name, "1"), std::invalid_argument);
    CHECK(answer.fields().empty());
}

TEST_CASE("a text has a type, and a plain answer says its status") {
    auto const text = response::text(status::ok, "hello");
    CHECK(lines_of(text.fields()) == "Content-Type: text/plain; charset=utf-8\r\n");
    CHECK(text.body().size() == 5);
    CHECK(response::plain(status::not_found).body().size() == "404 Not Found\n"s.size());
}

TEST_CASE("the end of a body is marked as version, method and status allow") {
    response const sized(status::ok, "hello");
    response const endless(status::ok, std::make_shared<fibercast::channel<std::string>>(2));
    response const none(status::no_content, "hello");
    response const unchanged(status::not_modified);
    transfer const modern{.version = 11, .keep_alive = true};
    transfer const old{.version = 10, .keep_alive = true};
    transfer const head{.version = 11, .head = true, .keep_alive = true};
    CHECK(framing_of(sized, modern) == framing::sized);
    CHECK(framing_of(sized, old) == framing::sized);
    CHECK(framing_of(sized, head) == framing::none);
    CHECK(framing_of(endless, modern) == framing::chunked);
    CHECK(framing_of(endless, old) == framing::until_close);
    CHECK(framing_of(endless, head) == framing::none);
    CHECK(framing_of(none, modern) == framing::none);
    CHECK(framing_of(unchanged, modern) == framing::none);
    CHECK(head_of(none, modern, framing::none) == "HTTP/1.1 204 No Content\r\n\r\n");
}

TEST_CASE("a status without a name has an empty one") {
    response const answer(static_cast<status>(299));
    transfer const modern{.version = 11, .keep_alive = true};
    CHECK(head_of(answer, modern, framing::sized).starts_with("HTTP/1.1 299 "));
}
