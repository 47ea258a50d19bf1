#include "server/server_under_test.hpp"

namespace {

/// Lets the client go; the hub notices although nothing is sent.
template <typename Leave>
void check_noticed(Leave leave) {
    server_under_test test;
    auto const& server = test.start();
    auto streams = test.streams(20);
    CHECK(test.clients.size() == 20);
    for (std::size_t i = 0; i < 10; ++i) leave(streams[i]);
    CHECK(
        eventually([&] { return test.clients.size() == 10 && server.stats().connections == 10; }));
    test.broadcast("to the rest");
    for (std::size_t i = 10; i < 20; ++i) streams[i].read_until("data: to the rest\n\n\r\n");
    for (std::size_t i = 10; i < 20; ++i) leave(streams[i]);
    CHECK(eventually([&] { return test.clients.size() == 0 && server.stats().connections == 0; }));
}

}  // namespace

TEST_CASE("a client that closes is noticed") {
    check_noticed([](tcp_client& leaving) { leaving.close(); });
}

TEST_CASE("a client that resets its connection is noticed") {
    check_noticed([](tcp_client& leaving) { leaving.reset(); });
}

TEST_CASE("a client that ends its sending side is taken for gone") {
    check_noticed([](tcp_client& leaving) { leaving.shut_down_sending(); });
}

TEST_CASE("a client that leaves while it does not read is noticed") {
    auto settings = server_under_test::without_history();
    settings.channel_capacity = 1024;
    server_under_test test(settings);
    test.start();
    for (bool const politely : {true, false}) {
        auto never_reading = test.stream(4096);
        auto const stalled = [&] {
            auto const known = test.clients.clients();
            return known.size() == 1 && known[0].stalled;
        };
        for (int i = 0; i < 64 && !stalled(); ++i) test.broadcast(std::string(1024 * 1024, 'x'));
        CHECK(eventually(stalled));
        politely ? never_reading.close() : never_reading.reset();
        CHECK(eventually([&] { return test.clients.size() == 0; }));
    }
}

TEST_CASE("a client that is sent away finds its stream unfinished, and may come back") {
    server_under_test test;
    test.start();
    auto streaming = test.stream();
    auto const known = test.clients.clients();
    REQUIRE(known.size() == 1);
    CHECK(test.clients.kick(known[0].id));
    CHECK(test.clients.size() == 0);
    CHECK(streaming.read_all().empty());
    test.stream();
}

TEST_CASE("a client whose handler is done with it gets the end of its stream, and may ask again") {
    server_under_test test;
    test.routes.get("/one", [&](fibercast::request const&) {
        auto client = test.clients.join();
        client.send(fibercast::event("all there is"));
        client.end();
        return fibercast::event_stream(std::move(client));
    });
    test.start();
    auto asking = test.ask("/one");
    CHECK(asking.read_until("0\r\n\r\n").ends_with("data: all there is\n\n\r\n0\r\n\r\n"));
    asking.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    asking.read_until("hello");
}

TEST_CASE("a thousand clients come and go in waves") {
    constexpr std::size_t waves = 10;
    constexpr std::size_t wave = 100;
    server_under_test test;
    auto const& server = test.start();
    for (std::size_t i = 0; i < waves; ++i) {
        auto streams = test.streams(wave);
        CHECK(test.clients.size() == wave);
        test.broadcast("hello");
        for (auto& each : streams) each.read_until("data: hello\n\n\r\n");
        for (std::size_t k = 0; k < streams.size(); ++k)
            k % 2 == 0 ? streams[k].close() : streams[k].reset();
        CHECK(eventually([&] { return test.clients.size() == 0; }));
    }
    CHECK(eventually([&] { return server.stats().connections == 0; }));
    CHECK(server.stats().accepted == waves * wave);
    CHECK(test.clients.stats().joined == waves * wave);
}

TEST_CASE("clients come and go while everything is broadcast") {
    server_under_test test;
    test.start();
    auto staying = test.streams(4);
    for (int i = 0; i < 200; ++i) {
        auto passing = test.ask("/events");
        test.broadcast(std::to_string(i));
        i % 2 == 0 ? passing.close() : passing.reset();
        for (auto& each : staying) each.read_until("data: " + std::to_string(i) + "\n\n\r\n");
    }
    CHECK(eventually([&] { return test.clients.size() == 4; }));
}
