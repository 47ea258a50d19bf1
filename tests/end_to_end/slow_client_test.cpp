#include "support/curl.hpp"
#include "support/raw_client.hpp"
#include "support/server_process.hpp"
#include "support/without_ids.hpp"

#include "support/catch.hpp"

#include <fmt/format.h>

#include <string>

using namespace end_to_end;
namespace {

/// Together more than the kernel's buffers and a channel hold.
constexpr int events = 40;
std::string const bulk(500'000, 'x');

/// Broadcasts, one after the other, and has each arrive before the next.
void check_flow(server_process& server, curl_stream& client) {
    for (int i = 0; i < events; ++i) {
        auto const text = fmt::format("{} {}", i, bulk);
        server.execute("broadcast " + text);
        CHECK(without_ids(client.output().until("\n\n")) == "data: " + text + "\n\n");
    }
}

}  // namespace

TEST_CASE(
    "under drop-oldest and drop-newest a client that does not read loses events and others do "
    "not") {
    auto const policy = GENERATE(as<std::string>(), "drop-oldest", "drop-newest");
    server_process server({"--overflow", policy, "--workers", "1"});
    auto stuck = never_reading(server.port());
    curl_stream reads(server.url());
    server.await_stat("clients", 2);
    check_flow(server, reads);
    CHECK(server.stat("dropped") > 0);
    CHECK(server.stat("slow_disconnects") == 0);
    CHECK_THAT(server.execute("clients --slow"),
               ContainsSubstring("\n 1  127.0.0.1:") || ContainsSubstring("\n 2  127.0.0.1:"));

    // It reads after all: the oldest are what the buffers hold, and what it gets is whole.
    auto const first = stuck.input().until(" xxx");
    CHECK_THAT(first, ContainsSubstring("data: Successfully connected\n\n") &&
                          ContainsSubstring("data: 0 xxx"));
    server.execute("broadcast the end");
    auto const last = fmt::format("data: {} xxx", events - 1);
    auto const rest = stuck.input().until(policy == "drop-oldest" ? "data: the end\n\n" : "xx\n\n");
    if (policy == "drop-oldest") CHECK_THAT(rest, ContainsSubstring(last));
}

TEST_CASE("under disconnect a client that does not read is ended and others are not") {
    server_process server({"--overflow", "disconnect", "--workers", "1"});
    auto stuck = never_reading(server.port());
    curl_stream reads(server.url());
    server.await_stat("clients", 2);
    check_flow(server, reads);
    server.await_stat("clients", 1);
    CHECK(server.stat("slow_disconnects") == 1);
    CHECK(server.stat("dropped") == 0);
    stuck.input().until_end();
}

TEST_CASE("under block a client that does not read holds up broadcasts, and nothing else") {
    server_process server({"--overflow", "block", "--workers", "1"});
    auto const stuck = never_reading(server.port());
    server.await_stat("clients", 1);  // so it is client 1
    curl_stream reads(server.url());
    server.await_stat("clients", 2);
    for (int i = 0; i < events; ++i) server.execute("broadcast " + bulk);
    server.execute("broadcast the last");
    CHECK_THAT(fetch(server.url("/other")), StartsWith("HTTP/1.1 404"));
    CHECK(server.execute("kick 1") == "client 1 was sent away\n");
    CHECK_THAT(without_ids(reads.output().until("the last\n\n")), StartsWith("data: xxx"));
    CHECK(server.stat("dropped") == 0);
    CHECK(server.stat("slow_disconnects") == 0);
}

TEST_CASE("a client that resets while it is written to disturbs nobody") {
    server_process server({"--overflow", "drop-newest"});
    curl_stream reads(server.url());
    for (int i = 0; i < 4; ++i) {
        auto stuck = never_reading(server.port());
        server.await_stat("clients", 2);
        for (int k = 0; k < events / 4; ++k) {
            server.execute("broadcast " + bulk);
            reads.output().until("\n\n");
        }
        stuck.reset();
        server.execute("broadcast " + bulk);
        reads.output().until("\n\n");
        server.await_stat("clients", 1);
    }
}

TEST_CASE("under block a send to a client that does not read gives up, and it can be kicked") {
    server_process server({"--overflow", "block", "--workers", "1", "--channel-capacity", "2",
                           "--peer-timeout", "0"});
    auto const stuck = never_reading(server.port());
    server.await_stat("clients", 1);
    std::string answer = "sent";
    for (int i = 0; i < events && answer.starts_with("sent"); ++i)
        answer = server.execute("send 1 " + bulk);
    CHECK(answer == "not sent: client 1 is too slow, and its channel is full\n");
    CHECK(server.execute("kick 1") == "client 1 was sent away\n");
    CHECK(server.stat("kicked") == 1);
}
