#include "support/curl.hpp"
#include "support/raw_client.hpp"
#include "support/server_process.hpp"
#include "support/without_ids.hpp"

#include "support/catch.hpp"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <functional>
#include <string>

using namespace end_to_end;
using namespace std::chrono_literals;

namespace {

/// Fills the connection of a client that does not read, so that its stream cannot end by itself.
void stall(server_process& server, raw_client const&) {
    auto const before = server.stat("broadcasts");
    std::string const text(500'000, 'x');
    for (int i = 0; i < 40; ++i) server.process().write("broadcast " + text + "\n");
    server.await_stat("broadcasts", before + 40);
}

/// Of a table with a head.
long row_count(std::string const& table) {
    return std::count(table.begin(), table.end(), '\n') - 1;
}

void check_goodbye(std::function<void(server_process&)> const& ask) {
    server_process server;
    curl_stream first(server.url());
    curl_stream second(server.url());
    server.process().write("broadcast the last\n");
    server.process().output().until("sent to 2 clients\n");
    ask(server);
    CHECK_THAT(without_ids(first.output().until_end()),
               Matches("data: the last\n\nretry: 10[0-9]{2}\n\n"));
    CHECK(first.wait() == curl_unfinished);
    CHECK(second.wait() == curl_unfinished);
    CHECK(server.wait() == 0);
}

}  // namespace

TEST_CASE("SIGTERM ends the streams properly") {
    check_goodbye([](server_process& server) { server.process().send(SIGTERM); });
}

TEST_CASE("SIGINT ends the streams properly") {
    check_goodbye([](server_process& server) { server.process().send(SIGINT); });
}

TEST_CASE("quit ends the streams properly") {
    check_goodbye([](server_process& server) { server.process().write("quit\n"); });
}

TEST_CASE("signals that come at the same moment are one signal") {
    server_process server;
    curl_stream client(server.url());
    server.process().send(SIGSTOP);  // so that they do
    server.process().send(SIGTERM);
    server.process().send(SIGINT);
    server.process().send(SIGCONT);
    CHECK(server.wait() == 0);
    CHECK(client.wait() == curl_unfinished);
}

TEST_CASE("when the server stops, idle and half-sent requests do not hold it up") {
    server_process server;
    raw_client silent(server.port());
    raw_client half(server.port());
    half.send("GET / HTTP/1.1\r\nHo");
    server.await_stat("connections", 2);
    CHECK(server.stop(SIGTERM) == 0);
}

TEST_CASE("a client that does not read is cut when the time to drain is up") {
    server_process server({"--overflow", "drop-newest", "--drain-timeout", "3s"});
    auto const stuck = never_reading(server.port());
    curl reads(server.url(), {"-o", "/dev/null"});
    server.await_stat("clients", 2);
    stall(server, stuck);
    await("only one is behind", [&] { return row_count(server.execute("clients --slow")) == 1; });
    CHECK(server.stop(SIGTERM) == 0);
    CHECK_THAT(server.log().until_end(), ContainsSubstring("cut"));
    CHECK(reads.wait() == curl_unfinished);
}

TEST_CASE("a command that waits for a slow client does not hold up the end") {
    server_process server({"--overflow", "block", "--drain-timeout", "500ms"});
    auto const stuck = never_reading(server.port());
    server.await_stat("clients", 1);
    stall(server, stuck);
    // More than the server takes before it makes broadcasters wait.
    std::string const line = "broadcast " + std::string(40, 'x') + '\n';  // all fit into a pipe
    for (int i = 0; i < 1'100; ++i) server.process().write(line);
    CHECK(server.stop(SIGTERM) == 0);
    CHECK_THAT(server.log().until_end(),
               ContainsSubstring("not every client has got every broadcast"));
}

TEST_CASE("a second signal ends the server at once, even if a client stalls the drain") {
    server_process server({"--overflow", "block", "--drain-timeout", "10m"});
    auto const stuck = never_reading(server.port());
    server.await_stat("clients", 1);
    stall(server, stuck);
    server.process().send(SIGTERM);
    server.log().until("stopping");
    CHECK_FALSE(server.process().ended_within(200ms));
    server.process().send(SIGTERM);
    CHECK(server.wait() == 128 + SIGTERM);
}
