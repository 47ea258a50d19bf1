#include "service/busy.hpp"

#include "service/jitter.hpp"
#include "service/service_under_test.hpp"

#include <fibercast/service/subscribing.hpp>

#include "support/catch.hpp"

#include <atomic>
#include <chrono>
#include <set>
#include <string>

using namespace fibercast;
using namespace std::chrono_literals;
namespace {

bool asks(std::vector<std::string> const& accepts) {
    fields sent;
    for (auto const& each : accepts) sent.add("accept", each);
    return asks_for_events(request("GET", "/", sent));
}

/// A server with its only client.
class full : public service_under_test {
public:
    full() {
        routes.get("/", subscribe_to(clients, {.max_clients = 1}));
        start();
    }
};

}  // namespace

TEST_CASE("whoever names the type of streams asks for events") {
    CHECK(asks({"text/event-stream"}));
    CHECK(asks({"Text/Event-Stream"}));
    CHECK(asks({"text/html, text/event-stream;q=0.1"}));
    CHECK(asks({"text/html", " text/event-stream ; charset=utf-8"}));
    CHECK_FALSE(asks({}));
    CHECK_FALSE(asks({""}));
    CHECK_FALSE(asks({"*/*"}));
    CHECK_FALSE(asks({"text/*"}));
    CHECK_FALSE(asks({"text/event-streams"}));
    CHECK_FALSE(asks({"text/event-stream;q=0"}));
    CHECK_FALSE(asks({"text/event-stream; q=0.000, */*"}));
}

TEST_CASE("an EventSource that finds no room is told to come again, each at a time of its own") {
    full server;
    curl_stream const only(server.url("/"));
    std::set<std::string> answers;
    for (int i = 0; i < 5; ++i) {
        curl source(server.url("/?topic=x"), {"-i", "-H", "Accept: text/event-stream"});
        auto const answer = source.output().until_end();
        // Who reads streams with `fetch` takes a complete response for the end of the matter.
        CHECK(source.wait() == curl_unfinished);
        CHECK_THAT(answer, StartsWith("HTTP/1.1 200 OK\r\n") &&
                               ContainsSubstring("Content-Type: text/event-stream\r\n") &&
                               ContainsSubstring("Cache-Control: no-cache, no-store"));
        CHECK_THAT(body_of(answer), Matches("event: fibercast\\.busy\nretry: [0-9]{4,5}\n"
                                            "data: \\{\"reason\":\"too-many-clients\"\\}\n\n"));
        answers.insert(body_of(answer));
    }
    CHECK(answers.size() > 1);
    CHECK(server.clients.size() == 1);
}

TEST_CASE("others that find no room get 503, and may try again") {
    full server;
    curl_stream const only(server.url("/"));
    auto const answer = server.get("/");
    CHECK_THAT(answer, StartsWith("HTTP/1.1 503 Service Unavailable\r\n") &&
                           Matches("(.|\r|\n)*Retry-After: ([5-9]|1[0-5])\r\n(.|\r|\n)*"));
    CHECK(body_of(answer) == "there are as many clients as this server takes; come again later\n");
}

TEST_CASE("what is wrong with a request is said also where there is no room") {
    full server;
    curl_stream const only(server.url("/"));
    for (auto const* query : {"?topic=", "?topic=a%0ab", "?overflow=none"}) {
        CHECK_THAT(server.get(std::string("/") + query, {"-H", "Accept: text/event-stream"}),
                   StartsWith("HTTP/1.1 400 "));
    }
    std::string topics = "/?";
    for (int i = 0; i <= 100; ++i) topics += fmt::format("topic={}&", i);
    CHECK(body_of(server.get(topics)) == "more than 100 topics\n");
}

TEST_CASE("the limit may be known later") {
    service_under_test server;
    std::atomic<std::size_t> most = 1;
    server.routes.get("/",
                      subscribe_to(server.clients, {.client_limit = [&] { return most.load(); }}));
    server.start();
    curl_stream const first(server.url("/"));
    CHECK_THAT(server.get("/"), StartsWith("HTTP/1.1 503 "));
    most = 2;
    curl_stream const second(server.url("/"));
    CHECK(server.clients.size() == 2);
}

TEST_CASE("when one has gone there is room again") {
    full server;
    { curl_stream const first(server.url("/")); }
    REQUIRE(eventually([&] { return server.clients.size() == 0; }));
    curl_stream const second(server.url("/"));
    CHECK(server.clients.size() == 1);
}

TEST_CASE("an address has its places, each as long as its stream") {
    service_under_test server;
    server.routes.get("/", subscribe_to(server.clients, {.max_clients_per_address = 1}));
    server.start();
    {
        curl_stream const only(server.url("/"));
        auto const told = server.get("/", {"-H", "X-Forwarded-For: 192.0.2.1"});
        CHECK_THAT(told, StartsWith("HTTP/1.1 503 Service Unavailable\r\n"));
        CHECK(body_of(told) ==
              "there are as many clients as this server takes from one address; "
              "come again later\n");
        CHECK_THAT(fetch(server.url("/"), {"-I"}), StartsWith("HTTP/1.1 503 "));
        curl source(server.url("/"), {"-H", "Accept: text/event-stream"});
        CHECK_THAT(source.output().until_end(),
                   StartsWith("event: fibercast.busy\n") &&
                       ContainsSubstring("{\"reason\":\"too-many-clients-of-address\"}"));
        CHECK(source.wait() == curl_unfinished);
        // An error is no stream, and takes no place.
        CHECK_THAT(server.get("/?overflow=block"), StartsWith("HTTP/1.1 400 "));
        CHECK(server.clients.size() == 1);
        // Another address.
        curl_stream const other(server.url("/"), {"--interface", "127.0.0.2"});
        CHECK(server.clients.size() == 2);
    }
    REQUIRE(eventually([&] {
        auto const again = fetch(server.url("/?topic="), {"-o", "/dev/null", "-w", "%{http_code}"});
        return again == "400";  // it has entered, and could not join
    }));
    curl_stream const next(server.url("/"));
    CHECK(server.clients.size() == 1);
}

TEST_CASE("behind a trusted proxy the address is the one that it names") {
    service_under_test server;
    server.routes.get(
        "/", subscribe_to(server.clients, {.max_clients_per_address = 1,
                                           .trusted_proxies = {address_range("127.0.0.0/8")}}));
    server.start();
    curl_stream const first(server.url("/"), {"-H", "X-Forwarded-For: 192.0.2.1"});
    curl_stream const second(server.url("/"), {"-H", "X-Forwarded-For: 192.0.2.2"});
    CHECK(server.clients.size() == 2);
    // What stands before the proxy's own word anyone may have made up.
    CHECK_THAT(server.get("/", {"-H", "X-Forwarded-For: 192.0.2.3, 192.0.2.1"}),
               StartsWith("HTTP/1.1 503 "));
}

TEST_CASE("jitter stays within its bounds and uses all of them") {
    std::set<std::chrono::milliseconds> seen;
    for (int i = 0; i < 1'000; ++i) seen.insert(jitter(3ms, 7ms));
    CHECK(seen == std::set<std::chrono::milliseconds>{3ms, 4ms, 5ms, 6ms, 7ms});
    CHECK(jitter(5ms, 5ms) == 5ms);
}
