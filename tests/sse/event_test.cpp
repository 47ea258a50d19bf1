#include "support/text_file.hpp"

#include <fibercast/sse/event.hpp>

#include "support/catch.hpp"

#include <chrono>
#include <stdexcept>
#include <string>

using fibercast::event;
using namespace std::chrono_literals;
using namespace std::string_literals;

namespace {

/// A file in golden/, and what must encode to its bytes.
struct golden {
    std::string name;
    std::string encoded;
};

std::string of_data(std::string data) { return event(std::move(data)).encode(); }

}  // namespace

TEST_CASE("events are encoded to exactly the bytes of their golden files") {
    golden const cases[] = {
        {"plain", of_data("hello")},
        {"empty_data", of_data("")},
        {"lines_by_lf", of_data("one\ntwo\nthree")},
        {"lines_by_crlf", of_data("one\r\ntwo\r\nthree")},
        {"lines_by_cr", of_data("one\rtwo\rthree")},
        {"lines_mixed", of_data("one\n\rtwo\r\nthree\r\rfour")},
        {"newline_at_the_end", of_data("one\n")},
        {"newline_at_the_start", of_data("\r\none")},
        {"newline_only", of_data("\n")},
        {"leading_space", of_data(" two spaces follow the colon")},
        {"colon", of_data(": not a comment\ndata: not a field")},
        {"utf8", of_data("grüße € 🚀")},
        {"byte_order_mark", of_data("\xef\xbb\xbfmark")},
        {"nul", of_data("a\0b"s)},
        {"id", event("hello").id("42").encode()},
        {"type", event("hello").type("tick").encode()},
        {"retry", event("hello").retry(3s).encode()},
        {"retry_zero", event("hello").retry(0ms).encode()},
        {"all_together", event("one\ntwo").retry(250ms).id("a-1").type("tick").encode()},
        {"keep_alive_comment", std::string(fibercast::keep_alive_comment)},
        {"two_events", of_data("one") + of_data("two")},
    };
    for (auto const& [name, encoded] : cases) {
        CAPTURE(name);
        CHECK(encoded == text_file("sse/golden/" + name + ".txt"));
    }
}

TEST_CASE("an event refuses an id that would break the format") {
    auto const bad = GENERATE(as<std::string>(), "", "a\rb", "a\nb", "\n", "a\r\ndata: forged",
                              "a\0b"s, "\0"s, "a\n");
    event one("hello");
    CHECK_THROWS_AS(one.id(bad), std::invalid_argument);
    CHECK(one.encode() == "data: hello\n\n");
}

TEST_CASE("an event refuses a type that would break the format") {
    auto const bad = GENERATE(as<std::string>(), "", "a\rb", "a\nb", "\r", "a\r\nid: forged",
                              "a\0b"s, "\0"s, "a\r");
    event one("hello");
    CHECK_THROWS_AS(one.type(bad), std::invalid_argument);
    CHECK(one.encode() == "data: hello\n\n");
}

TEST_CASE("an event refuses a negative time to reconnect") {
    CHECK_THROWS_AS(event("hello").retry(-1ms), std::invalid_argument);
}

TEST_CASE("a later field replaces an earlier one") {
    event one("hello");
    one.id("1").type("a").retry(1ms);
    one.id("2").type("b").retry(2ms);
    CHECK(one.encode() == "event: b\nid: 2\nretry: 2\ndata: hello\n\n");
}
