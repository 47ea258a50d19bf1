#include "server/server_under_test.hpp"
#include "support/captured_log.hpp"

#include <atomic>
#include <future>
#include <thread>

using fibercast::request;
using fibercast::response;
using fibercast::status;
using namespace std::chrono_literals;

namespace {

bool has(captured_log const& log, std::string const& text) {
    return log.text().find(text) != std::string::npos;
}

void add_yielding(server_under_test& test, std::chrono::milliseconds span) {
    test.routes.get("/yields", [span](request const&) {
        auto const end = fibercast::after(span);
        while (std::chrono::steady_clock::now() < end) fibercast::yield();
        return response::text(status::ok, "yielded");
    });
}

}  // namespace

TEST_CASE(
    "a handler that blocks its thread for 150 ms is a line that names its route, and counts") {
    captured_log const log;
    server_under_test test;
    test.routes.get("/blocks/{name}", [](request const&) {
        std::this_thread::sleep_for(150ms);  // what it is about
        return response::text(status::ok, "blocked");
    });
    auto& server = test.start();
    // Not so often as it happens on a machine that has no time for the watch.
    CHECK(eventually([&] {
        test.ask("/blocks/a%0Ab").read_until("blocked");
        return has(log, "\n") && server.stats().stalls != 0;
    }));
    CHECK(has(log, "warning: worker-"));
    CHECK(has(log, " was blocked for 1"));
    CHECK(has(log, " ms by GET '/blocks/a%0Ab'\n"));
}

TEST_CASE("a handler that blocks its thread for ever is a line while it does") {
    captured_log const log;
    server_under_test test;
    std::promise<void> let_go;
    test.routes.get("/hangs", [&](request const&) {
        let_go.get_future().wait();
        return response::text(status::ok, "let go");
    });
    auto& server = test.start();
    auto asking = test.ask("/hangs");
    CHECK(eventually([&] { return has(log, " ms by GET '/hangs'\n"); }));
    CHECK(has(log, " is blocked for 1"));
    CHECK(server.stats().stalls == 1);
    let_go.set_value();
    asking.read_until("let go");
    CHECK(eventually([&] { return has(log, " was blocked for "); }));
    CHECK(server.stats().stalls == 1);
}

TEST_CASE("workers that are busy and yield, or sleep, are not blocked") {
    captured_log const log;
    server_under_test test;
    test.settings.workers = 3;
    add_yielding(test, 500ms);
    test.routes.get("/sleeps", [](request const&) {
        fibercast::sleep_for(500ms);
        return response::text(status::ok, "slept");
    });
    auto& server = test.start();
    auto yielding = test.ask("/yields");
    auto sleeping = test.ask("/sleeps");
    yielding.read_until("yielded");
    sleeping.read_until("slept");
    server.stop();
    CHECK(server.stats().stalls == 0);
    CHECK(log.text().empty());
}

TEST_CASE("who blocks a worker is named among many handlers that wait there") {
    captured_log const log;
    server_under_test test;
    test.settings.workers = 1;
    std::atomic<int> waiting = 0;
    fibercast::channel<int> end(1);
    test.routes.get("/waits/{n}", [&](request const&) {
        ++waiting;
        int nothing = 0;
        end.pop(nothing);
        return response::text(status::ok, "waited");
    });
    test.routes.get("/blocks", [&](request const&) {
        std::this_thread::sleep_for(150ms);
        return response::text(status::ok, "blocked");
    });
    auto& server = test.start();
    std::vector<tcp_client> clients;
    for (int i = 0; i < 50; ++i) clients.push_back(test.ask("/waits/" + std::to_string(i)));
    CHECK(eventually([&] { return waiting == 50; }));
    CHECK(eventually([&] {
        test.ask("/blocks").read_until("blocked");
        return server.stats().stalls != 0;
    }));
    CHECK(eventually([&] { return has(log, " ms by GET '/blocks'\n"); }));
    end.close();
    for (auto& each : clients) each.read_until("waited");
}
