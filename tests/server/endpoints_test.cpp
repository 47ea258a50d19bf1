#include "server/server_under_test.hpp"

#include "support/manager_socket.hpp"
#include "support/unique_fd.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <future>

using fibercast::request;
using fibercast::response;
using fibercast::status;
using namespace std::chrono_literals;

namespace {

/// The answer to a request for `path` at this port.
std::string answer_at(std::uint16_t port, std::string const& path = "/") {
    tcp_client asking(port);
    asking.send("GET " + path + " HTTP/1.0\r\n\r\n");
    return asking.read_all();
}

fibercast::handler saying(std::string what) {
    return [what = std::move(what)](request const&) { return response::text(status::ok, what); };
}

/// A second endpoint of the server, as the tests' first one.
fibercast::endpoint another() { return {.port = 0}; }

}  // namespace

TEST_CASE("any function from request to response is a handler") {
    fibercast::server server(
        [](request const& asked) { return response::text(status::ok, std::string(asked.path())); },
        {.port = 0, .workers = 1});
    server.start();
    CHECK(answer_at(server.address().port(), "/some/path").ends_with("\r\n\r\n/some/path"));
}

TEST_CASE("each endpoint answers with its own handler, on the same workers") {
    server_under_test test;
    auto& server = test.prepare();
    CHECK(server.listen(another(), saying("operators")) == 1);
    CHECK(server.listen({.host = "127.0.0.2", .port = 0}, saying("neighbours")) == 2);
    server.start();
    CHECK(answer_at(server.address().port()).ends_with("hello"));
    CHECK(answer_at(server.address(1).port()).ends_with("operators"));
    CHECK(server.address(2).ip() == "127.0.0.2");
    CHECK(server.addresses(1).size() == 1);
    CHECK(server.workers() == 2);
    CHECK(eventually([&] { return server.stats().connections == 0; }));
    CHECK(server.stats().accepted == 2);
}

TEST_CASE("an endpoint with connections of its own is reached when the server is full") {
    server_under_test test;
    test.settings.max_connections = 1;
    auto& server = test.prepare();
    auto for_operators = another();
    for_operators.extra_connections = 1;
    server.listen(for_operators, saying("operators"));
    server.start();
    CHECK(server.max_connections() == 1);
    auto streaming = test.stream();
    auto waiting = test.ask("/");
    CHECK(eventually([&] { return server.stats().pauses > 0; }));
    CHECK(answer_at(server.address(1).port()).ends_with("operators"));
    CHECK(test.clients.size() == 1);
}

TEST_CASE("each endpoint has limits of its own") {
    server_under_test test;
    auto& server = test.prepare();
    auto strict = another();
    strict.limits.header_time = 50ms;
    server.listen(strict, saying("strict"));
    server.start();
    auto patient = test.connect();
    tcp_client hurried(server.address(1).port());
    CHECK(hurried.read_all().empty());
    patient.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    patient.read_until("hello");
}

TEST_CASE("all endpoints together have no more connections than allowed") {
    server_under_test test;
    test.settings.max_connections = 2;
    fibercast::server* serving = nullptr;
    std::atomic<std::size_t> most = 0;  // that a handler has seen
    test.routes.get("/count", [&](request const&) {
        auto const now = serving->stats().connections;
        for (auto before = most.load(); before < now && !most.compare_exchange_weak(before, now);) {
        }
        return response::text(status::ok, "hello");
    });
    auto& server = test.prepare();
    serving = &server;
    server.listen(another(), test.routes);
    server.listen(another(), test.routes);
    server.start();
    for (int round = 0; round < 5; ++round) {
        std::vector<tcp_client> all;
        for (std::size_t i = 0; i < 3; ++i) all.emplace_back(server.address(i).port());
        if (round == 0) {
            // Of the three listeners one has had its connection, and the others have seen that there
            // is no more room. Later on one may still be pausing since the round before.
            CHECK(eventually([&] { return server.stats().pauses >= 2; }));
            CHECK(server.stats().connections == 2);
            CHECK(server.stats().accepted == 2);
        }
        for (auto& each : all) each.send("GET /count HTTP/1.0\r\n\r\n");
        for (auto& each : all) {
            CHECK(each.read_all().ends_with("hello"));
            each.close();
        }
        CHECK(eventually([&] { return server.stats().connections == 0; }));
    }
    CHECK(server.stats().accepted == 15);
    CHECK(most == 2);
}

TEST_CASE("an endpoint that cannot be bound keeps the whole server from starting") {
    server_under_test test;
    auto const& taken = test.start();
    auto const before = open_descriptors();
    {
        fibercast::server server(test.routes, test.settings);
        server.listen({.port = taken.address().port()}, saying("operators"));
        CHECK_THROWS_AS(server.start(), std::system_error);
        CHECK_THROWS_AS(server.address(), std::logic_error);
    }
    CHECK(open_descriptors() == before);
}

TEST_CASE("an endpoint listens on the sockets that it is given, in place of host and port") {
    manager_socket const first;
    manager_socket const second("127.0.0.2");
    manager_socket const operators;
    server_under_test test;
    test.settings.host = "256.1.1.1";
    test.settings.sockets = {first.get(), second.get()};
    auto& server = test.prepare();
    server.listen({.sockets = {operators.get()}}, saying("operators"));
    server.start();
    CHECK(server.addresses().size() == 2);
    CHECK(server.address().port() == first.port());
    CHECK(server.addresses()[1].text() == "127.0.0.2:" + std::to_string(second.port()));
    CHECK(answer_at(first.port()).ends_with("hello"));
    CHECK(answer_at(operators.port()).ends_with("operators"));
}

TEST_CASE("who comes when a server has stopped waits for the next one at the same socket") {
    manager_socket const given;
    server_under_test test;
    test.settings.sockets = {given.get()};
    test.start();
    auto streaming = test.stream();
    CHECK(test.server().stop());
    CHECK(streaming.read_all().empty());
    tcp_client early(given.port());
    early.send("GET / HTTP/1.0\r\n\r\n");
    CHECK_FALSE(early.ends_within(0ms));
    test.start();
    CHECK(early.read_all().ends_with("hello"));
}

TEST_CASE("a descriptor on which nobody can listen keeps the server from starting, until it is") {
    server_under_test test;
    unique_fd socket(::open("/dev/null", O_RDONLY | O_CLOEXEC));
    test.settings.sockets = {socket.get()};
    auto& server = test.prepare();
    CHECK_THROWS_WITH(server.start(), "cannot listen on descriptor " +
                                          std::to_string(socket.get()) +
                                          ": Socket operation on non-socket");
    manager_socket const given;
    REQUIRE(::dup2(given.get(), socket.get()) == socket.get());
    server.start();
    CHECK(answer_at(given.port()).ends_with("hello"));
    CHECK(server.stop());
    socket.reset();
}

TEST_CASE("an endpoint added later answers until those before it have drained") {
    server_under_test test;
    std::promise<void> go_on;
    std::promise<void> entered;
    test.routes.get("/waits", [&](request const&) {
        entered.set_value();
        fibercast::blocking([&] { go_on.get_future().wait(); });
        return response::text(status::ok, "done");
    });
    auto& server = test.prepare();
    server.listen(another(), [&](request const&) {
        return response::text(status::ok, server.stats().stopping ? "stopping" : "ready");
    });
    server.start();
    auto const operators = server.address(1).port();
    CHECK(answer_at(operators).ends_with("ready"));
    auto waiting = test.ask("/waits");
    entered.get_future().wait();
    auto silent = test.connect();
    auto stopped = std::async(std::launch::async, [&] { return server.stop(60s); });
    CHECK(silent.read_all().empty());  // the first one drains
    CHECK_THROWS(tcp_client(server.address().port()));
    CHECK(answer_at(operators).ends_with("stopping"));
    go_on.set_value();
    CHECK(waiting.read_all().ends_with("done"));
    waiting.close();
    CHECK(stopped.get());
    CHECK_THROWS(tcp_client(operators));
}

TEST_CASE("a later endpoint's idle connections end in peace, though the patience has passed") {
    server_under_test test;
    test.routes.get("/large", [](request const&) {
        return response(status::ok, std::string(64 * 1024 * 1024, 'x'));
    });
    auto& server = test.prepare();
    server.listen(another(), saying("operators"));
    server.start();
    auto never_reading = test.ask("/large", 4096);
    never_reading.read_bytes(1);
    tcp_client idle(server.address(1).port());
    idle.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    idle.read_until("operators");
    CHECK_FALSE(server.stop(0s));
    CHECK_FALSE(idle.is_reset());
    CHECK(never_reading.is_reset());
    CHECK(server.stats().cut == 1);
}
