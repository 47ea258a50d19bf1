#include "support/admin_server.hpp"
#include "support/curl.hpp"
#include "support/installed.hpp"
#include "support/promtool.hpp"

#include "support/catch.hpp"

#include <fmt/format.h>

#include <csignal>
#include <string>

using namespace end_to_end;

TEST_CASE("the admin address is said at the start, and is apart from the public one") {
    admin_server server;
    CHECK_THAT(server.admin(""), Matches(R"(http://127\.0\.0\.1:[1-9][0-9]*)"));
    CHECK_THAT(fetch(server.admin("/healthz")), StartsWith("HTTP/1.1 200 OK\r\n"));
    CHECK_THAT(fetch(server.admin("/readyz")), StartsWith("HTTP/1.1 200 OK\r\n"));
    CHECK_THAT(fetch(server.url("/healthz")), StartsWith("HTTP/1.1 404 Not Found\r\n"));
}

TEST_CASE("a page of a stranger does not get through to the admin address") {
    admin_server server;
    CHECK_THAT(fetch(server.admin("/healthz"), {"-i", "-H", "Host: evil.example"}),
               StartsWith("HTTP/1.1 403 Forbidden\r\n"));
    CHECK_THAT(fetch(server.admin("/healthz"), {"-i", "-H", "Origin: http://localhost:3000"}),
               StartsWith("HTTP/1.1 403 Forbidden\r\n"));
}

TEST_CASE("whoever reaches the admin address can publish") {
    admin_server server;
    {
        curl_stream all(server.url("/"));
        curl_stream some(server.url("/?topic=orders/*"));
        CHECK_THAT(fetch(server.admin("/broadcast"), {"-d", "Hello"}),
                   StartsWith("{\"id\":\"#") && EndsWith(",\"clients\":2}\n"));
        all.output().until("data: Hello\n\n");
        some.output().until("data: Hello\n\n");
        CHECK_THAT(fetch(server.admin("/topics/orders/7"), {"-d", "paid"}),
                   EndsWith(",\"clients\":1}\n"));
        some.output().until("data: paid\n\n");
        CHECK_THAT(fetch(server.url("/broadcast"), {"-i", "-d", "Hello"}),
                   StartsWith("HTTP/1.1 404 "));
    }
}

TEST_CASE("operators see clients, topics and metrics") {
    admin_server server;
    {
        curl_stream stream(server.url("/?topic=news"));
        CHECK_THAT(fetch(server.admin("/clients"), {}), ContainsSubstring("\"topics\":[\"news\"]"));
        CHECK_THAT(fetch(server.admin("/topics"), {}), ContainsSubstring("{\"topic\":\"news\""));
        fetch(server.admin("/clients/1"), {"-X", "DELETE"});
        stream.wait();
    }
    CHECK_THAT(fetch(server.admin("/metrics"), {}),
               ContainsSubstring("\nfibercast_clients_joined_total 1\n") &&
                   ContainsSubstring("\nfibercast_workers ") &&
                   ContainsSubstring("\nfibercast_build_info{version=\"") &&
                   ContainsSubstring("\nprocess_resident_memory_bytes "));
}

TEST_CASE("Prometheus's own checker has nothing to say against the metrics") {
    if (!is_installed("promtool")) {
        WARN("SKIPPED: promtool is not installed");
        return;
    }
    admin_server server;
    CHECK(promtool_on(fetch(server.admin("/metrics"), {})) == "");
}

TEST_CASE("an admin address that is taken is said in one line, with what to do") {
    admin_server first;
    auto const taken = first.admin("").substr(std::string("http://").size());
    child_process second(program({"--port", "0", "--admin", taken}), input_kind::nothing);
    CHECK(second.wait() == 1);
    CHECK(second.errors().until_end() ==
          fmt::format(
              "fibercast: cannot listen on 127.0.0.1 port {}: Address already in use; that is "
              "the admin address: --admin 127.0.0.1:0 takes a free port, --admin off does "
              "without\n",
              taken.substr(taken.find(':') + 1)));
}

TEST_CASE("an admin address that others can reach is refused at the start") {
    child_process run(program({"--admin", "0.0.0.0:8081"}), input_kind::nothing);
    CHECK(run.wait() == 2);
    CHECK_THAT(run.errors().until_end(), ContainsSubstring("can be reached from other machines"));
}

TEST_CASE("while it stops the server is not ready, and its admin address still answers") {
    admin_server server({"--drain-timeout", "20s"});
    // A stream that does not read what it is sent keeps the drain waiting.
    curl stuck(server.url("/"));
    stuck.output().until("connected\n\n");
    stuck.process().send(SIGSTOP);
    for (int i = 0; i < 40; ++i)
        server.process().write(fmt::format("broadcast {}\n", std::string(60'000, 'x')));
    await("a client that is behind",
          [&] { return server.execute("clients --slow") != "no slow clients\n"; });
    curl console(server.admin("/console/events"));
    console.output().until("\"stopping\":false");
    server.process().send(SIGTERM);
    await("no readiness", [&] {
        return fetch(server.admin("/readyz")).starts_with("HTTP/1.1 503 Service Unavailable\r\n");
    });
    CHECK_THAT(fetch(server.admin("/healthz")), StartsWith("HTTP/1.1 200 OK\r\n"));
    console.output().until("\"stopping\":true");
    stuck.process().send(SIGKILL);
    CHECK(server.wait() == 0);
    CHECK(console.wait() == curl_unfinished);
}
