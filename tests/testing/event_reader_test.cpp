// The parser that the other tests trust, tried with the examples of the HTML standard.

#include <fibercast/testing/event_reader.hpp>

#include "support/catch.hpp"

using messages = std::vector<fibercast::testing::received_event>;
using namespace std::string_literals;

TEST_CASE("the parser joins data lines with LF") {
    CHECK(fibercast::testing::event_reader().feed("data: YHOO\ndata: +2\ndata: 10\n\n") ==
          messages{{"message", "YHOO\n+2\n10", ""}});
}

TEST_CASE("the parser keeps the last id and ignores comments") {
    fibercast::testing::event_reader parser;
    auto const received = parser.feed(
        ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third "
        "event\n\n");
    CHECK(received == messages{{"message", "first event", "1"},
                               {"message", "second event", ""},
                               {"message", " third event", ""}});
    CHECK(parser.comments() == 1);
}

TEST_CASE("the parser dispatches an event for each block that has data") {
    CHECK(fibercast::testing::event_reader().feed("data\n\ndata\ndata\n\ndata:") ==
          messages{{"message", "", ""}, {"message", "\n", ""}});
    CHECK(fibercast::testing::event_reader().feed("data:test\n\ndata: test\n\n") ==
          messages{{"message", "test", ""}, {"message", "test", ""}});
    CHECK(fibercast::testing::event_reader().feed("event: add\nid: 7\n\n").empty());
}

TEST_CASE("the parser takes every line end and one byte order mark") {
    CHECK(fibercast::testing::event_reader().feed("\xef\xbb\xbf"
                                                  "data: a\rdata: b\r\ndata: c\n\r") ==
          messages{{"message", "a\nb\nc", ""}});
    CHECK(fibercast::testing::event_reader()
              .feed("\xef\xbb\xbf\xef\xbb\xbf"
                    "data: a\n\n")
              .empty());
}

TEST_CASE("the parser reads type and time and ignores what it must") {
    fibercast::testing::event_reader parser;
    CHECK(parser.feed("event: add\ndata: 1\nretry: 250\n\n") == messages{{"add", "1", ""}});
    CHECK(parser.retry() == 250u);
    CHECK(parser.feed("retry: 1x\nid: a\0b\nother: x\ndata: 2\n\n"s) ==
          messages{{"message", "2", ""}});
    CHECK(parser.retry() == 250u);
}

TEST_CASE("the parser takes bytes one by one") {
    fibercast::testing::event_reader parser;
    messages all;
    for (char const c : "data: a\r\ndata: b\r\rdata: c\n\n"s) {
        for (auto& each : parser.feed({&c, 1})) all.push_back(each);
    }
    CHECK(all == messages{{"message", "a\nb", ""}, {"message", "c", ""}});
}
