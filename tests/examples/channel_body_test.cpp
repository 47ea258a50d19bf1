#include "examples/running_example.hpp"
#include "support/catch.hpp"
#include "support/curl.hpp"

TEST_CASE("channel_body: counts down and ends") {
    running_example program("channel_body");
    auto const answer = fetch(program.url("/countdown"));
    CHECK_THAT(answer, ContainsSubstring("Content-Type: text/plain; charset=utf-8\r\n"));
    CHECK_THAT(answer, EndsWith("\r\n\r\n10\n9\n8\n7\n6\n5\n4\n3\n2\n1\nlift-off\n"));
    CHECK(program.stop() == 0);
}

TEST_CASE("channel_body: stopping ends a countdown under way") {
    running_example program("channel_body");
    curl reader(program.url("/countdown"));
    reader.output().until("10\n");
    CHECK(program.stop() == 0);
    CHECK_THAT(reader.output().until_end(), !ContainsSubstring("lift-off"));
    CHECK(reader.wait() == 0);
}
