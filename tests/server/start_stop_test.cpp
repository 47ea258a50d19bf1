#include "server/server_under_test.hpp"

#include <netdb.h>

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
    CHECK(server.address().address().is_loopback());
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
    CHECK(test.start().address().address().is_loopback());
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
