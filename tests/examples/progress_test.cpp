#include "examples/running_example.hpp"
#include "support/catch.hpp"
#include "support/curl.hpp"

TEST_CASE("progress: a job tells how far it is, and that it is done") {
    running_example program("progress");
    auto const answer = fetch(program.url("/jobs/night%20backup/progress"));
    CHECK_THAT(answer, ContainsSubstring("Content-Type: text/event-stream\r\n"));
    CHECK_THAT(answer, ContainsSubstring("data: night backup: 0 %\n"));
    CHECK_THAT(answer, ContainsSubstring("event: progress\n"));
    CHECK_THAT(answer, EndsWith("data: night backup: 100 %\n\n"));
    CHECK_THAT(answer, ContainsSubstring("event: done\n"));
    CHECK(program.stop() == 0);
}

TEST_CASE("progress: stopping does not wait for the job") {
    running_example program("progress");
    curl reader(program.url("/jobs/1/progress"));
    reader.output().until("1: 0 %\n\n");
    CHECK(program.stop() == 0);
    CHECK_THAT(reader.output().until_end(), !ContainsSubstring("100 %"));
    CHECK(reader.wait() == 0);
}

TEST_CASE("progress: other paths are nobody's") {
    running_example program("progress");
    CHECK_THAT(fetch(program.url("/jobs/progress")), StartsWith("HTTP/1.1 404 "));
    CHECK(program.stop() == 0);
}
