#include "examples/running_example.hpp"
#include "support/catch.hpp"
#include "support/curl.hpp"
#include "support/without_ids.hpp"

TEST_CASE("chat: what one says, all read") {
    running_example program("chat");
    curl_stream first(program.url("/events"));
    curl_stream second(program.url("/events"));
    auto const answer =
        fetch(program.url("/say"), {"-i", "--data-urlencode", "who=Ann & Bob", "--data-urlencode",
                                    "text=50 % <b>off</b>\nand more"});
    CHECK_THAT(answer, StartsWith("HTTP/1.1 204 No Content\r\n"));
    for (auto* each : {&first, &second})
        CHECK(without_ids(each->output().until("more\n\n")) ==
              "data: Ann & Bob: 50 % <b>off</b>\ndata: and more\n\n");
    CHECK(program.stop() == 0);
}

TEST_CASE("chat: the page and its form belong together") {
    running_example program("chat");
    auto const page = fetch(program.url("/"));
    CHECK_THAT(page, ContainsSubstring("Content-Type: text/html; charset=utf-8\r\n"));
    for (auto const* each : {"\"/events\"", "\"/say\"", "name=\"who\"", "name=\"text\""})
        CHECK_THAT(page, ContainsSubstring(each));
    CHECK(program.stop() == 0);
}

TEST_CASE("chat: what is not said properly reaches nobody") {
    running_example program("chat");
    curl_stream listener(program.url("/events"));
    CHECK_THAT(fetch(program.url("/say"), {"-i", "-d", "who=&text=hello"}),
               StartsWith("HTTP/1.1 400 "));
    CHECK_THAT(fetch(program.url("/say"), {"-i", "-d", "{}", "-H", "Content-Type: text/plain"}),
               StartsWith("HTTP/1.1 415 "));
    CHECK_THAT(fetch(program.url("/say"), {"-i", "-d", "who=Ann&text=at+last"}),
               StartsWith("HTTP/1.1 204 "));
    CHECK(without_ids(listener.output().until("\n\n")) == "data: Ann: at last\n\n");
    CHECK(program.stop() == 0);
}
