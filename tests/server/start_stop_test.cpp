#include "server/server_under_test.hpp"

#include <netdb.h>

#include <set>
#include <system_error>

using namespace std::chrono_literals;

namespace {

constexpr auto hello =
    "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: 5\r\n\r\nhello";

/// What a server with these settings throws when it starts.
std::error_code failure_of(fibercast::server::options const& settings) {
    auto const descriptors_before = open_descriptors();
    std::error_code failure;
    {
        fibercast::router const routes;
        fibercast::server failing(routes, settings);
        try {
            failing.start();
        } catch (std::system_error const& thrown) {
            failure = thrown.code();
        }
        CHECK(failing.stop());  // it does not run
    }
    CHECK(open_descriptors() == descriptors_before);
    return failure;
}

bool is_known(char const* host) {
    addrinfo* found = nullptr;
    if (::getaddrinfo(host, nullptr, nullptr, &found) != 0) return false;
    ::freeaddrinfo(found);
    return true;
}

}  // namespace

TEST_CASE("a server on port 0 listens on a free port") {
    server_under_test test;
    auto const& server = test.start();
    CHECK(server.address().port() != 0);
    CHECK(server.address().ip() == "127.0.0.1");
    CHECK(server.workers() == 2);
    CHECK(server.max_connections() > 0);
    CHECK(test.ask("/").read_until("hello") == hello);
    CHECK(server.stats().accepted == 1);
}

TEST_CASE("servers run side by side, and one stops without the other") {
    server_under_test test;
    auto const& first = test.start();
    {
        fibercast::server second(test.routes, test.settings);
        second.start();
        CHECK(first.address() != second.address());
        tcp_client asking(second.address().port());
        asking.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        CHECK(asking.read_until("hello") == hello);
        CHECK(test.ask("/").read_until("hello") == hello);
    }
    CHECK(test.ask("/").read_until("hello") == hello);
}

TEST_CASE("a port in use is known when the server starts") {
    server_under_test test;
    auto settings = test.settings;
    settings.port = test.start().address().port();
    CHECK(failure_of(settings) == std::errc::address_in_use);
    CHECK(test.ask("/").read_until("hello") == hello);
}

TEST_CASE("a host that cannot be resolved is known when the server starts") {
    fibercast::server::options settings;
    settings.port = 0;
    settings.host = std::string(300, 'x');
    CHECK(failure_of(settings));
}

TEST_CASE("an address of another machine is known when the server starts") {
    fibercast::server::options settings;
    settings.port = 0;
    settings.host = "192.0.2.1";
    CHECK(failure_of(settings) == std::errc::address_not_available);
}

TEST_CASE("a host may be a name") {
    if (!is_known("localhost")) {
        WARN("SKIPPED: this machine does not know localhost, neither by /etc/hosts nor otherwise");
        return;
    }
    server_under_test test;
    test.settings.host = "localhost";
    test.start();
    for (auto const& each : test.server().addresses()) {
        CHECK((each.ip() == "127.0.0.1" || each.ip() == "::1"));
        CHECK(each.port() == test.server().address().port());
    }
}

TEST_CASE("an error at the start names host and port") {
    server_under_test test;
    auto const port = std::to_string(test.start().address().port());
    test.settings.port = test.server().address().port();
    fibercast::server second(test.routes, test.settings);
    CHECK_THROWS_WITH(second.start(),
                      "cannot listen on 127.0.0.1 port " + port + ": Address already in use");
    CHECK(test.ask("/").read_until("hello") == hello);
}

TEST_CASE("a server that could not start may be started again") {
    server_under_test test;
    test.start();
    test.settings.port = test.server().address().port();
    fibercast::server second(test.routes, test.settings);
    CHECK_THROWS_AS(second.start(), std::system_error);
    CHECK(test.server().stop());
    second.start();
    CHECK(test.ask("/").read_until("hello") == hello);
}

TEST_CASE("misuse of a server is an error, and not the end of the program") {
    server_under_test test;
    fibercast::server* self = nullptr;
    std::atomic<int> refused = 0;
    auto const misuse = [&](auto const& call) {
        try {
            call();
        } catch (std::logic_error const&) {
            ++refused;
        }
    };
    test.routes.get("/misuse", [&](fibercast::request const&) {
        misuse([&] { self->stop(); });
        misuse([&] { self->start(); });
        misuse([&] { fibercast::server(test.routes, test.settings).start(); });
        return fibercast::response::text(fibercast::status::ok, std::to_string(self->workers()));
    });
    fibercast::server server(test.routes, test.settings);
    self = &server;
    CHECK_THROWS_AS(server.address(), std::logic_error);
    CHECK_THROWS_AS(server.addresses(), std::logic_error);
    CHECK_THROWS_AS(server.workers(), std::logic_error);
    CHECK_THROWS_AS(server.max_connections(), std::logic_error);
    CHECK_THROWS_AS(server.listen({}, nullptr), std::logic_error);
    CHECK_THROWS_AS(fibercast::server(nullptr), std::logic_error);
    server.start();
    CHECK_THROWS_AS(server.start(), std::logic_error);
    CHECK_THROWS_AS(server.listen({}, test.routes), std::logic_error);
    CHECK_THROWS_AS(server.address(1), std::logic_error);
    tcp_client asking(server.address().port());
    asking.send("GET /misuse HTTP/1.1\r\nHost: a\r\n\r\n");
    CHECK(asking.read_until("\r\n\r\n2").starts_with("HTTP/1.1 200 OK\r\n"));
    CHECK(refused == 3);
    CHECK(server.stop());
    CHECK_THROWS_AS(server.start(), std::logic_error);
    CHECK(server.address().port() != 0);
}

TEST_CASE("what a server has done may be asked at any time") {
    server_under_test test;
    fibercast::server server(test.routes, test.settings);
    CHECK_FALSE(server.stats().stopping);
    std::atomic<bool> done = false;
    std::atomic<std::size_t> most = 0;
    std::thread asking([&] {
        while (!done) most = std::max(most.load(), server.stats().connections);
    });
    server.start();
    tcp_client client(server.address().port());
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    client.read_until("hello");
    CHECK(server.stop());
    done = true;
    asking.join();
    CHECK(most <= 1);
    CHECK(server.stats().accepted == 1);
    CHECK(server.stats().stopping);
}

TEST_CASE("a patience of any length will do") {
    server_under_test test;
    CHECK(test.start().stop(std::chrono::hours::max()));
}

TEST_CASE("a server that never started has nothing to stop") {
    fibercast::router const routes;
    fibercast::server idle(routes);
    CHECK(idle.stats().connections == 0);
    CHECK(idle.stop());
}

TEST_CASE("a server stops once, and says the same each time") {
    server_under_test test;
    auto& server = test.start();
    auto const port = server.address().port();
    CHECK(server.stop());
    CHECK(server.stop(0s));
    CHECK_THROWS(tcp_client(port));
}

TEST_CASE("the workers of a server are reached by handles that outlive it") {
    std::vector<fibercast::worker_handle> handles;
    {
        server_under_test test;
        CHECK_THROWS_AS(test.prepare().worker_handles(), std::logic_error);
        handles = test.start().worker_handles();
        std::set<fibercast::worker*> reached;
        for (auto const& each : handles)
            reached.insert(each.call([] { return fibercast::worker::current(); }).value());
        CHECK(reached.size() == 2);
        CHECK(reached.count(nullptr) == 0);
    }
    for (auto const& each : handles) CHECK_FALSE(each.call([] {}));
}

TEST_CASE("a server that is destroyed stops") {
    auto const descriptors_before = open_descriptors();
    fibercast::router const routes;
    std::optional<tcp_client> client;
    {
        fibercast::server server(routes, {.port = 0, .workers = 2});
        server.start();
        client.emplace(server.address().port());
    }
    CHECK(client->read_all().empty());
    client.reset();
    CHECK(open_descriptors() == descriptors_before);
}

TEST_CASE("a new server on the same port starts as soon as the first has stopped") {
    server_under_test test;
    test.start();
    auto client = test.ask("/");
    client.read_until("hello");
    test.restart();
    CHECK(client.read_all().empty());
    CHECK(test.ask("/").read_until("hello") == hello);
}
