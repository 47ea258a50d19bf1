#include "server/server_under_test.hpp"

#include <algorithm>
#include <limits>
#include <optional>

#include <sys/resource.h>
#include <unistd.h>

using namespace std::chrono_literals;

namespace {

constexpr auto post = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: ";

}  // namespace

TEST_CASE("a connection whose header does not come is closed") {
    server_under_test test;
    test.settings.limits.header_time = 200ms;
    test.start();
    auto silent = test.connect();
    auto halfway = test.connect();
    halfway.send("GET / HTTP/1.1\r\nHost: loc");
    auto streaming = test.stream();
    CHECK(silent.read_all().empty());
    CHECK(halfway.read_all().empty());
    CHECK(test.clients.size() == 1);  // a stream may take its time
    streaming.close();
}

TEST_CASE("a header that comes a byte at a time gets no more time for it") {
    server_under_test test;
    test.settings.limits.header_time = 200ms;
    test.start();
    auto slow = test.connect();
    slow.send("GET / HTTP/1.1\r\nX: ");
    auto const start = std::chrono::steady_clock::now();
    while (!slow.ends_within(20ms) && slow.send("x"))
        REQUIRE(std::chrono::steady_clock::now() - start < 60s);
    CHECK(std::chrono::steady_clock::now() - start >= 100ms);
}

TEST_CASE("a connection whose body does not come is closed") {
    server_under_test test;
    test.settings.limits.body_time = 200ms;
    test.start();
    auto halfway = test.connect();
    halfway.send(std::string(post) + "5\r\n\r\nhell");
    CHECK(halfway.read_all().empty());
}

TEST_CASE("a kept connection is closed when it is idle") {
    server_under_test test;
    test.settings.limits.idle_time = 200ms;
    test.start();
    auto idle = test.ask("/");
    idle.read_until("hello");
    idle.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    idle.read_until("hello");
    CHECK(idle.read_all().empty());
}

TEST_CASE("a stream outlives all limits of time") {
    server_under_test test;
    test.settings.limits = {
        .header_time = 200ms, .body_time = 200ms, .idle_time = 200ms, .linger_time = 200ms};
    test.start();
    auto streaming = test.stream();
    auto idle = test.ask("/");
    idle.read_until("hello");
    CHECK(idle.read_all().empty());  // so that time has passed
    test.broadcast("still here");
    CHECK(streaming.read_until("\n\n\r\n") == "12\r\ndata: still here\n\n\r\n");
}

TEST_CASE(
    "the answer to an upload that is refused arrives, though the client sends all of it first") {
    server_under_test test;
    test.start();
    std::string const large(8 * 1024 * 1024, 'x');
    for (int round = 0; round < 20; ++round) {
        auto uploading = test.connect();
        CHECK(uploading.send(std::string(post) + std::to_string(large.size()) + "\r\n\r\n"));
        CHECK(uploading.send(large));
        auto const answer = uploading.read_all();
        CHECK(answer.starts_with("HTTP/1.1 413 Payload Too Large\r\n"));
        CHECK(answer.ends_with("413 Payload Too Large\n"));
    }
}

TEST_CASE("a refused peer that never stops sending is cut in time") {
    server_under_test test;
    test.settings.limits.linger_time = 200ms;
    test.settings.limits.linger_bytes = std::numeric_limits<std::uint64_t>::max();
    test.start();
    auto flooding = test.connect();
    auto trickling = test.connect();
    trickling.send("nonsense\r\n\r\n");
    auto const start = std::chrono::steady_clock::now();
    auto const lasts = [&] { return std::chrono::steady_clock::now() - start < 30s; };
    flooding.send(std::string(post) + "99999999999\r\n\r\n");
    std::string const some(64 * 1024, 'x');
    while (lasts() && flooding.send(some)) continue;
    while (lasts() && !trickling.ends_within(5ms) && trickling.send("x")) continue;
    CHECK(lasts());
    CHECK(std::chrono::steady_clock::now() - start >= 200ms);
}

TEST_CASE("a refused peer that does not close is not waited on for long") {
    server_under_test test;
    test.settings.limits.linger_time = 200ms;
    auto const& server = test.start();
    auto staying = test.connect();
    staying.send("nonsense\r\n\r\n");
    CHECK(eventually(
        [&] { return server.stats().accepted == 1 && server.stats().connections == 0; }));
    CHECK(staying.read_all().starts_with("HTTP/1.1 400 Bad Request\r\n"));
}

TEST_CASE("more connections than allowed wait and are served later") {
    server_under_test test;
    test.settings.max_connections = 4;
    auto const& server = test.start();
    CHECK(server.max_connections() == 4);
    std::vector<std::optional<tcp_client>> streams;
    for (int i = 0; i < 4; ++i) streams.emplace_back(test.stream());
    std::vector<tcp_client> waiting;
    for (int i = 0; i < 3; ++i) waiting.push_back(test.ask("/"));
    CHECK(eventually([&] { return server.stats().pauses > 0; }));
    CHECK(server.stats().connections == 4);
    CHECK(server.stats().accepted == 4);
    test.broadcast("hello");
    for (auto& each : streams) each->read_until("data: hello\n\n\r\n");
    streams.clear();
    for (auto& each : waiting) each.read_until("hello");
    CHECK(server.stats().accepted == 7);
}

TEST_CASE("a crowd gets through a narrow door") {
    server_under_test test;
    test.settings.max_connections = 8;
    auto const& server = test.start();
    std::vector<tcp_client> crowd;
    for (int i = 0; i < 64; ++i) {
        crowd.push_back(test.connect());
        crowd.back().send("GET / HTTP/1.0\r\n\r\n");
    }
    for (auto& each : crowd) {
        CHECK(each.read_all().ends_with("hello"));
        each.close();
    }
    CHECK(server.stats().accepted == 64);
}

TEST_CASE("a connection that finds no descriptor left waits and is served later") {
    server_under_test test;
    auto const& server = test.start();
    rlimit usual{};
    ::getrlimit(RLIMIT_NOFILE, &usual);
    auto const next_free = ::dup(STDIN_FILENO);
    ::close(next_free);
    rlimit const one_more{static_cast<rlim_t>(next_free) + 1, usual.rlim_max};
    ::setrlimit(RLIMIT_NOFILE, &one_more);
    auto waiting = test.ask("/");  // takes it
    CHECK(eventually([&] { return server.stats().pauses > 0; }));
    CHECK(server.stats().accepted == 0);
    ::setrlimit(RLIMIT_NOFILE, &usual);
    waiting.read_until("hello");
}

TEST_CASE("a server that accepts no more can be stopped") {
    server_under_test test;
    test.settings.max_connections = 1;
    auto& server = test.start();
    auto streaming = test.stream();
    auto waiting = test.ask("/");
    CHECK(eventually([&] { return server.stats().pauses > 0; }));
    CHECK(server.stop(60s));
    CHECK(streaming.read_all().empty());
    CHECK(waiting.read_all().empty());
}
