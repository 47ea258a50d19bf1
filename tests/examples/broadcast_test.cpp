#include "examples/running_example.hpp"
#include "support/catch.hpp"
#include "support/curl.hpp"
#include "support/without_ids.hpp"

TEST_CASE("broadcast: each line reaches every client, whole") {
    running_example program("broadcast");
    curl first(program.url("/"), {"-i"});
    curl second(program.url("/"), {"-i"});
    for (auto* each : {&first, &second}) each->output().until("\r\n\r\n:\n");
    program.process().write("Hel");
    program.process().write("lo\nworld\n");
    for (auto* each : {&first, &second})
        CHECK(without_ids(each->output().until("world\n\n")) == "data: Hello\n\ndata: world\n\n");
    CHECK(program.stop() == 0);
    CHECK(first.wait() == curl_unfinished);
}

TEST_CASE("broadcast: the end of its input is its own") {
    running_example program("broadcast");
    program.process().close_input();
    CHECK(program.process().wait() == 0);
}
