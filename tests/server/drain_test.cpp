#include "server/server_under_test.hpp"

#include <atomic>
#include <future>

using fibercast::request;
using fibercast::response;
using fibercast::status;
using namespace std::chrono_literals;

TEST_CASE(
    "a stopping server ends its streams, and leaves them unfinished: their clients come back") {
    server_under_test test;
    auto& server = test.start();
    auto streams = test.streams(4);
    test.broadcast("last words");
    CHECK(test.clients.flush(fibercast::after(60s)));
    CHECK(server.stop(60s));
    for (auto& each : streams) CHECK(each.read_all() == "12\r\ndata: last words\n\n\r\n");
    CHECK(test.clients.size() == 0);
    CHECK(test.clients.stats().ended_by(fibercast::end_reason::drained) == 4);
}

TEST_CASE("a stopping server closes connections that wait for a request") {
    server_under_test test;
    auto& server = test.start();
    auto silent = test.connect();
    auto halfway = test.connect();
    halfway.send("GET / HT");
    auto kept = test.ask("/");
    kept.read_until("hello");
    CHECK(eventually([&] { return server.stats().connections == 3; }));
    CHECK(server.stop(60s));
    CHECK(silent.read_all().empty());
    CHECK(halfway.read_all().empty());
    CHECK(kept.read_all().empty());
}

TEST_CASE("a stopping server lets handlers finish their answers") {
    server_under_test test;
    std::promise<void> go_on;
    std::promise<void> entered;
    test.routes.get("/waits", [&](request const&) {
        entered.set_value();
        fibercast::blocking([&] { go_on.get_future().wait(); });
        return response::text(status::ok, "done");
    });
    auto& server = test.start();
    auto waiting = test.ask("/waits");
    entered.get_future().wait();
    auto silent = test.connect();
    auto stopped = std::async(std::launch::async, [&] { return server.stop(60s); });
    CHECK(silent.read_all().empty());  // it has begun
    go_on.set_value();
    CHECK(waiting.read_all().ends_with("\r\n\r\ndone"));
    waiting.close();
    CHECK(stopped.get());
}

TEST_CASE("the answer of a stopping server says that it is the last") {
    server_under_test test;
    test.settings.workers = 1;
    std::promise<void> go_on;
    std::promise<void> entered;
    test.routes.get("/waits", [&](request const&) {
        entered.set_value();
        fibercast::blocking([&] { go_on.get_future().wait(); });
        return response(status::ok, std::string(512 * 1024, 'x'));
    });
    auto& server = test.start();
    auto asking = test.ask("/waits", 4096);
    asking.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    entered.get_future().wait();
    auto silent = test.connect();
    CHECK(eventually([&] { return server.stats().connections == 2; }));
    auto stopped = std::async(std::launch::async, [&] { return server.stop(60s); });
    CHECK(silent.read_all().empty());  // it has begun
    go_on.set_value();
    CHECK(asking.read_until("\r\n\r\n").ends_with("\r\nConnection: close\r\n\r\n"));
    // What it asks for meanwhile must not reset the connection before it has read the answer.
    for (int i = 0; i < 32; ++i) {
        CHECK(asking.read_bytes(16 * 1024).size() == 16 * 1024);
        CHECK(asking.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    }
    CHECK_FALSE(asking.is_reset());
    asking.close();
    CHECK(stopped.get());
}

TEST_CASE("a stopping server waits for a handler after the patience too") {
    server_under_test test;
    std::atomic<bool> finished = false;
    std::promise<void> go_on;
    std::promise<void> entered;
    test.routes.get("/waits", [&](request const&) {
        entered.set_value();
        fibercast::blocking([&] { go_on.get_future().wait(); });
        finished = true;
        return response::text(status::ok, "done");
    });
    auto& server = test.start();
    auto waiting = test.ask("/waits");
    entered.get_future().wait();
    auto stopped = std::async(std::launch::async, [&] { return server.stop(0s); });
    CHECK(waiting.read_all().empty());  // it was cut
    CHECK_FALSE(finished);
    go_on.set_value();
    CHECK_FALSE(stopped.get());
    CHECK(finished);
}

TEST_CASE("a stopping server cuts a client that does not read, after the patience") {
    server_under_test test;
    test.routes.get("/large", [](request const&) {
        return response(status::ok, std::string(64 * 1024 * 1024, 'x'));
    });
    auto& server = test.start();
    auto never_reading = test.ask("/large", 4096);
    auto streaming = test.stream();
    never_reading.read_bytes(1);  // the answer is under way
    auto const start = std::chrono::steady_clock::now();
    CHECK_FALSE(server.stop(100ms));
    CHECK(std::chrono::steady_clock::now() - start < 10s);
    CHECK(streaming.read_all().empty());
    CHECK(never_reading.read_all().size() < 64 * 1024 * 1024);
    CHECK(server.stats().connections == 0);
}

TEST_CASE("a stopping server cuts a stream that does not read, after the patience") {
    auto settings = server_under_test::without_history();
    settings.channel_capacity = 1024;
    server_under_test test(settings);
    auto& server = test.start();
    auto never_reading = test.stream(4096);
    auto const stalled = [&] {
        auto const known = test.clients.clients();
        return known.size() == 1 && known[0].stalled;
    };
    std::string const large(1024 * 1024, 'x');
    for (int i = 0; i < 64 && !stalled(); ++i) test.broadcast(large);
    CHECK(eventually(stalled));
    CHECK_FALSE(server.stop(100ms));
    CHECK(test.clients.size() == 0);
    CHECK(never_reading.is_reset());
}

TEST_CASE("a stopping server does not cut a client that has its answer and does not close") {
    server_under_test test;
    test.settings.limits.linger_time = 1h;
    auto& server = test.start();
    auto staying = test.connect();
    staying.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    staying.read_until("hello");
    CHECK(server.stop(0s));
    CHECK(server.stats().cut == 0);
    CHECK_FALSE(staying.is_reset());
}

TEST_CASE("another server takes over the hub of one that has stopped") {
    server_under_test test;
    test.start();
    for (int round = 0; round < 3; ++round) {
        auto streams = test.streams(4);
        CHECK(test.clients.size() == 4);
        test.broadcast("hello");
        for (auto& each : streams) CHECK(each.read_until("\n\n\r\n") == "d\r\ndata: hello\n\n\r\n");
        test.restart();
        for (auto& each : streams) CHECK(each.read_all().empty());
        CHECK(test.clients.size() == 0);
    }
}

TEST_CASE("broadcasts between two servers reach nobody and wait for nobody") {
    server_under_test test;
    auto& server = test.start();
    auto streams = test.streams(2);
    CHECK(server.stop(60s));
    for (int i = 0; i < 3000; ++i) test.broadcast("to nobody");
    CHECK(test.clients.flush(fibercast::after(60s)));
    for (auto& each : streams) CHECK(each.read_all().empty());
}
