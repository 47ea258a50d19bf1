#include "support/curl.hpp"
#include "support/server_process.hpp"
#include "support/without_ids.hpp"

#include "support/catch.hpp"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <sstream>
#include <string>

using namespace end_to_end;
using namespace std::chrono_literals;

TEST_CASE("the README's first request is answered byte for byte") {
    server_process server;
    curl client(server.url(), {"-i"});
    CHECK(without_ids(client.output().until("connected\n\n")) ==
          "HTTP/1.1 200 OK\r\n"
          "Content-Type: text/event-stream\r\n"
          "Cache-Control: no-cache, no-store, no-transform\r\n"
          "X-Accel-Buffering: no\r\n"
          "Transfer-Encoding: chunked\r\n"
          "\r\n"
          "data: Successfully connected\n\n");
}

TEST_CASE("a broadcast reaches every terminal") {
    server_process server;
    curl_stream first(server.url());
    curl_stream second(server.url());
    CHECK(server.execute("broadcast Hello") == "sent to 2 clients\n");
    CHECK(without_ids(first.output().until("\n\n")) == "data: Hello\n\n");
    CHECK(without_ids(second.output().until("\n\n")) == "data: Hello\n\n");
}

TEST_CASE("a broadcast may have many lines, backslashes and any language") {
    server_process server;
    curl_stream client(server.url());
    CHECK(server.execute("broadcast one\\ntwo\\\\n \\t grüße 你好") == "sent to 1 client\n");
    CHECK(without_ids(client.output().until("\n\n")) ==
          "data: one\ndata: two\\n \\t grüße 你好\n\n");
}

TEST_CASE("an event for one client reaches no other") {
    server_process server;
    curl_stream first(server.url());
    curl_stream second(server.url());
    CHECK(server.execute("send 2 only you") == "sent to client 2\n");
    CHECK(server.execute("broadcast all") == "sent to 2 clients\n");
    CHECK(without_ids(first.output().until("all\n\n")) == "data: all\n\n");
    CHECK(without_ids(second.output().until("all\n\n")) == "data: only you\n\ndata: all\n\n");
}

TEST_CASE("clients shows a row for each terminal, and none once they are closed") {
    server_process server;
    {
        curl_stream first(server.url());
        curl_stream second(server.url());
        auto const table = server.execute("clients");
        INFO(table);
        CHECK(std::count(table.begin(), table.end(), '\n') == 3);
        std::istringstream lines(table);
        std::string id, address, connected, sent, queued, unsent, rtt;
        lines >> id >> address >> connected >> sent >> queued >> unsent >> rtt;
        CHECK(id + address + connected + sent + queued + unsent + rtt ==
              "idaddressconnectedsentqueuedunsentrtt_ms");
        lines >> id >> address >> connected >> sent >> queued >> unsent >> rtt;
        CHECK(id == "1");
        CHECK(address.starts_with("127.0.0.1:"));
        CHECK(sent == "1");
        CHECK(queued == "0");
        CHECK(std::stod(rtt) > 0);
    }
    // No heartbeat is needed to notice.
    await("clients is empty", [&] { return server.execute("clients") == "no clients\n"; });
    CHECK(server.execute("count") == "0\n");
}

TEST_CASE("kick ends one stream, unfinished") {
    server_process server;
    curl_stream first(server.url());
    curl_stream second(server.url());
    CHECK(server.execute("kick 1") == "client 1 was sent away\n");
    CHECK(first.wait() == curl_unfinished);
    CHECK(server.execute("count") == "1\n");
    CHECK(server.execute("kick 1") == "there is no client 1\n");
    CHECK(server.stat("kicked") == 1);
}

TEST_CASE("a heartbeat comes to who is idle") {
    server_process server({"--heartbeat", "200ms"});
    curl_stream client(server.url());
    CHECK(client.output().until("\n") == ":\n");
    CHECK(client.output().until("\n") == ":\n");
}

TEST_CASE("no heartbeat comes to who is busy") {
    constexpr auto heartbeat = 500ms;
    server_process server({"--heartbeat", "500ms"});
    curl_stream client(server.url());
    auto longest_pause = 0ms;
    auto const begin = std::chrono::steady_clock::now();
    for (auto last = begin; last - begin < 3 * heartbeat;) {
        server.execute("broadcast news");
        client.output().until("news\n\n");
        auto const now = std::chrono::steady_clock::now();
        longest_pause =
            std::max(longest_pause, std::chrono::ceil<std::chrono::milliseconds>(now - last));
        last = now;
    }
    auto const heartbeats = server.stat("heartbeats");
    if (longest_pause < heartbeat / 2)
        CHECK(heartbeats == 0);  // else the machine was busy, and we idle
    client.output().until("\n:\n");
}
