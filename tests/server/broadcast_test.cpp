#include "server/server_under_test.hpp"

#include <algorithm>
#include <atomic>
#include <set>
#include <sstream>
#include <thread>

using namespace std::chrono_literals;

namespace {

fibercast::hub_options lossless() {
    auto settings = server_under_test::without_history();
    settings.overflow = fibercast::overflow::block;
    return settings;
}

/// The data of all events in a chunked stream. How many of them share a chunk is each worker's
/// affair.
std::vector<std::string> events_in(std::string const& stream) {
    std::vector<std::string> all;
    std::istringstream lines(stream);
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("data: ")) all.push_back(line.substr(6));
    }
    return all;
}

}  // namespace

TEST_CASE("broadcasts from many threads reach all clients in one order") {
    constexpr int threads = 4;
    constexpr int each_sends = 50;
    server_under_test test(lossless());
    auto& server = test.start();
    auto streams = test.streams(100);
    std::vector<std::thread> broadcasters;
    for (int who = 0; who < threads; ++who) {
        broadcasters.emplace_back([&, who] {
            for (int i = 0; i < each_sends; ++i) {
                test.broadcast(std::to_string(who) + " " + std::to_string(i));
            }
        });
    }
    for (auto& each : broadcasters) each.join();
    CHECK(test.clients.flush(fibercast::after(60s)));
    CHECK(server.stop(60s));

    auto const first = streams.front().read_all();
    auto const received = events_in(first);
    CHECK(first.ends_with("\n\n\r\n"));
    for (std::size_t i = 1; i < streams.size(); ++i) {
        auto const other = streams[i].read_all();
        CHECK(events_in(other) == received);
        CHECK(other.ends_with("\n\n\r\n"));
    }
    CHECK(received.size() == threads * each_sends);
    CHECK(std::set(received.begin(), received.end()).size() == received.size());
    for (int who = 0; who < threads; ++who) {
        int expected = 0;
        for (auto const& each : received) {
            if (!each.starts_with(std::to_string(who) + " ")) continue;
            CHECK(each == std::to_string(who) + " " + std::to_string(expected++));
        }
    }
}

TEST_CASE("a burst that blocks on slow readers loses nothing") {
    constexpr std::size_t burst = 200;
    constexpr std::size_t readers = 4;
    std::string const filling(32 * 1024, 'x');
    server_under_test test(lossless());
    test.start();
    std::vector<tcp_client> streams;
    for (std::size_t i = 0; i < readers; ++i) streams.push_back(test.stream(16 * 1024));
    std::atomic<bool> sent = false;  // at once, on a system with very large socket buffers
    std::thread broadcaster([&] {
        for (std::size_t i = 0; i < burst; ++i) test.broadcast(std::to_string(i) + filling);
        sent = true;
    });
    std::string expected;
    for (std::size_t i = 0; i < burst; ++i) {
        std::string event("data: ");
        event.append(std::to_string(i)).append(filling).append("\n\n");
        expected.append(fibercast::chunk::make(event)->framed());
    }
    CHECK(eventually([&] {
        auto const known = test.clients.clients();
        auto const stalled = [](auto const& each) { return each.stalled; };
        return sent || std::all_of(known.begin(), known.end(), stalled);
    }));
    // In portions and in turn: whoever is not having its turn does not read.
    for (std::size_t at = 0; at < expected.size();) {
        auto const portion = std::min<std::size_t>(100'000, expected.size() - at);
        for (std::size_t i = 0; i < readers; ++i) {
            CHECK(streams[i].read_bytes(portion) == expected.substr(at, portion));
        }
        at += portion;
    }
    broadcaster.join();
    CHECK(test.clients.stats().dropped == 0);
    CHECK(test.clients.size() == readers);
}

TEST_CASE("a client that does not read is ended, and the others are not held up") {
    server_under_test test;  // overflow::disconnect
    auto const& server = test.start();
    auto never_reading = test.stream(4096);
    auto reading = test.stream();
    std::string const filling(256 * 1024, 'x');
    for (int i = 0; i < 400 && test.clients.size() == 2; ++i) {
        test.broadcast(std::to_string(i) + filling);
        CHECK(reading.read_until("\n\n\r\n").find("data: " + std::to_string(i)) !=
              std::string::npos);
    }
    CHECK(eventually([&] { return test.clients.size() == 1 && server.stats().connections == 1; }));
    CHECK(test.clients.stats().ended_by(fibercast::end_reason::slow) == 1);
    test.broadcast("still here");
    reading.read_until("data: still here\n\n\r\n");
}

TEST_CASE("a handler may broadcast") {
    server_under_test test;
    test.routes.post("/", [&](fibercast::request const& asked) {
        test.broadcast(asked.body());
        return fibercast::response(fibercast::status::no_content);
    });
    test.start();
    auto streams = test.streams(4);
    auto posting = test.connect();
    for (int i = 0; i < 20; ++i) {
        posting.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello");
        posting.read_until("HTTP/1.1 204 No Content\r\n\r\n");
        for (auto& each : streams) each.read_until("data: hello\n\n\r\n");
    }
}
