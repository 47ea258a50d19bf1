#include "app/text/span_text.hpp"

#include "support/catch.hpp"

using namespace fibercast::app;
using namespace std::chrono_literals;

TEST_CASE("a span is read with its unit, up to a day") {
    CHECK(parse_span("500ms") == 500ms);
    CHECK(parse_span("10s") == 10s);
    CHECK(parse_span("2m") == 2min);
    CHECK(parse_span("24h") == 24h);
    CHECK(parse_span("0") == 0ms);
    CHECK(parse_span("0s") == 0ms);
    for (auto const* text : {"", "10", "s", "-1s", "+1s", "1.5s", "1 s", "1S", "10sec", "25h",
                             "86400001ms", "99999999999999999999s"}) {
        INFO(text);
        CHECK(parse_span(text) == std::nullopt);
    }
}

TEST_CASE("a span is written in the largest unit that is exact") {
    CHECK(span_text(0ms) == "0");
    CHECK(span_text(250ms) == "250ms");
    CHECK(span_text(10s) == "10s");
    CHECK(span_text(90s) == "90s");
    CHECK(span_text(120s) == "2m");
    CHECK(span_text(24h) == "24h");
}

TEST_CASE("an age is short") {
    CHECK(age_text(0s) == "0s");
    CHECK(age_text(59s + 900ms) == "59s");
    CHECK(age_text(12min + 5s) == "12m05s");
    CHECK(age_text(3h + 7min) == "3h07m");
    CHECK(age_text(52h) == "2d04h");
}
