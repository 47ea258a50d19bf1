#include "server/server_under_test.hpp"

#include <atomic>
#include <future>
#include <memory>
#include <stdexcept>

using fibercast::request;
using fibercast::response;
using fibercast::status;
using namespace std::chrono_literals;

TEST_CASE("two hundred handlers sleep at once and take as long as one") {
    server_under_test test;
    test.routes.get("/sleeps", [](request const&) {
        fibercast::sleep_for(300ms);
        return response::text(status::ok, "slept well");
    });
    test.start();
    std::vector<tcp_client> sleeping;
    for (int i = 0; i < 200; ++i) sleeping.push_back(test.connect());
    auto const start = std::chrono::steady_clock::now();
    for (auto& each : sleeping) each.send("GET /sleeps HTTP/1.1\r\nHost: a\r\n\r\n");
    for (auto& each : sleeping) each.read_until("slept well");
    auto const taken = std::chrono::steady_clock::now() - start;
    CHECK(taken >= 300ms);
    CHECK(taken < 10s);  // one after the other: 30 s on two workers
}

TEST_CASE("two hundred handlers that wait do not keep others waiting") {
    server_under_test test;
    std::atomic<int> inside = 0;
    auto const go_on = std::make_shared<fibercast::channel<int>>(2);
    test.routes.get("/waits", [&](request const&) {
        ++inside;
        int nothing = 0;
        go_on->pop(nothing);
        return response::text(status::ok, "done");
    });
    test.start();
    std::vector<tcp_client> waiting;
    for (int i = 0; i < 200; ++i) waiting.push_back(test.ask("/waits"));
    CHECK(eventually([&] { return inside == 200; }));
    for (int i = 0; i < 20; ++i) test.ask("/").read_until("hello");  // on both workers
    go_on->close();
    for (auto& each : waiting) each.read_until("done");
}

TEST_CASE("a handler may block a thread as long as it goes through the door") {
    server_under_test test;
    test.settings.workers = 1;
    std::promise<std::string> word;
    test.routes.get("/waits", [&](request const&) {
        return response::text(status::ok,
                              fibercast::blocking([&] { return word.get_future().get(); }));
    });
    test.routes.get("/says", [&](request const&) {
        word.set_value("please");
        return response::text(status::ok, "said");
    });
    test.start();
    auto waiting = test.ask("/waits");
    for (int i = 0; i < 5; ++i) test.ask("/").read_until("hello");
    test.ask("/says").read_until("said");
    CHECK(waiting.read_until("please").ends_with("\r\n\r\nplease"));
}

TEST_CASE("a handler that throws costs its request and nothing else") {
    server_under_test test;
    test.routes.get("/throws",
                    [](request const&) -> response { throw std::runtime_error("no luck"); });
    test.start();
    auto asking = test.ask("/throws");
    CHECK(asking.read_until("500 Internal Server Error\n").starts_with("HTTP/1.1 500 Internal"));
    asking.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    asking.read_until("hello");
}

TEST_CASE("a client that has gone costs its handler an answer and nothing else") {
    server_under_test test;
    std::atomic<int> inside = 0;
    std::atomic<int> answered = 0;
    auto const go_on = std::make_shared<fibercast::channel<int>>(2);
    test.routes.get("/waits", [&](request const&) {
        ++inside;
        int nothing = 0;
        go_on->pop(nothing);
        ++answered;
        return response::text(status::ok, std::string(1024 * 1024, 'x'));
    });
    auto const& server = test.start();
    std::vector<tcp_client> waiting;
    for (int i = 0; i < 20; ++i) waiting.push_back(test.ask("/waits"));
    CHECK(eventually([&] { return inside == 20; }));
    for (std::size_t i = 0; i < waiting.size(); ++i)
        i % 2 == 0 ? waiting[i].close() : waiting[i].reset();
    go_on->close();
    CHECK(eventually([&] { return answered == 20 && server.stats().connections == 0; }));
    test.ask("/").read_until("hello");
}

TEST_CASE("a client sends its next requests before the answers") {
    server_under_test test;
    test.start();
    auto asking = test.connect();
    std::string requests;
    for (int i = 0; i < 100; ++i) requests += "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    asking.send(requests);
    for (int i = 0; i < 100; ++i) asking.read_until("hello");
}
