#include "service/service_under_test.hpp"

#include <fibercast/service/subscribing.hpp>

#include "support/catch.hpp"

#include <string>
#include <vector>

using namespace fibercast;
namespace {

class subscribing : public service_under_test {
public:
    explicit subscribing(hub_options const& settings = with_history(),
                         subscribe_options allowed = {})
        : service_under_test(settings) {
        routes.get("/", subscribe_to(clients, std::move(allowed)));
        start();
    }

    std::string broadcast(std::string data) { return clients.broadcast(event(data))->text(); }

    /// The stream of one that comes back, with its head.
    curl resumed(std::string const& id, std::string const& path = "/") {
        return curl(url(path), {"-i", "-H", "Last-Event-ID: " + id});
    }

    /// All that the stream writes until its client is sent away, without the ids and the head.
    std::string rest_of(curl& stream) {
        REQUIRE(eventually([&] { return clients.size() == 1; }));
        clients.broadcast(event("end"));
        auto text = stream.output().until("data: end\n\n");
        if (auto const head = text.find("\r\n\r\n"); head != text.npos) text.erase(0, head + 4);
        return without_ids(text);
    }
};

}  // namespace

TEST_CASE("a fresh client is greeted, and gets the broadcasts") {
    subscribing server;
    curl_stream stream(server.url("/"));
    server.clients.publish({"news"}, event("not for it"));
    CHECK(server.rest_of(stream) == "data: end\n\n");
}

TEST_CASE("who asks for the head alone gets it, and never was a client") {
    subscribing server;
    CHECK_THAT(fetch(server.url("/"), {"-I"}),
               StartsWith("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"));
    auto const stats = server.clients.stats();
    CHECK(stats.joined == 0);
    CHECK(stats.ended_by(end_reason::failed) == 0);
    CHECK(fetch(server.url("/?topic="), {"-I"}).starts_with("HTTP/1.1 400 "));
}

TEST_CASE("the query names topics and patterns, and what else is in it does not matter") {
    subscribing server;
    curl_stream stream(server.url("/?topic=news&topic=orders%2F*&colour=red"));
    server.clients.publish({"news"}, event("1"));
    server.clients.publish({"sports"}, event("2"));
    server.clients.publish({"orders/7", "news"}, event("3"));
    server.clients.publish({"orders/7/items"}, event("4"));
    CHECK(server.rest_of(stream) == "data: 1\n\ndata: 3\n\ndata: end\n\n");
}

TEST_CASE("who comes back gets what it has missed, and no greeting") {
    subscribing server;
    auto const first = server.broadcast("1");
    server.broadcast("2");
    for (auto const* path : {"/", "/?last_event_id=earliest"}) {  // the field goes first
        auto stream = server.resumed(first, path);
        CHECK_THAT(server.rest_of(stream), StartsWith("data: 2\n\n"));
    }
    REQUIRE(eventually([&] { return server.clients.size() == 0; }));
    auto const encoded = "%23" + first.substr(1);
    curl by_query(server.url("/?last_event_id=" + encoded));
    CHECK_THAT(server.rest_of(by_query), StartsWith("data: 2\n\n"));
}

TEST_CASE("all that is kept can be asked for") {
    subscribing server;
    server.broadcast("1");
    server.broadcast("2");
    curl stream(server.url("/?last_event_id=earliest"));
    CHECK(server.rest_of(stream) == "data: 1\n\ndata: 2\n\ndata: end\n\n");
}

TEST_CASE("who comes back to nothing new has its head at once") {
    subscribing server;
    auto const id = server.broadcast("1");
    auto stream = server.connect();  // curl keeps a head until there is a body
    stream.send("GET / HTTP/1.1\r\nHost: x\r\nLast-Event-ID: " + id + "\r\n\r\n");
    CHECK_THAT(stream.read_until("\r\n\r\n"), StartsWith("HTTP/1.1 200 OK\r\n"));
    server.clients.broadcast(event("2"));
    CHECK_THAT(stream.read_until("data: 2\n\n"), !ContainsSubstring("connected"));
}

TEST_CASE("an id that is strange or very long is one that nobody knows, and no error") {
    subscribing server;
    for (auto const& id : {std::string("no such"), std::string("\xff\x01"), std::string(5'000, 'x'),
                           std::string("#"), std::string("#abcdef-99999999999999999999")}) {
        auto stream = server.resumed(id == "\xff\x01" ? "\xff" : id);
        CHECK_THAT(server.rest_of(stream),
                   StartsWith("event: fibercast.gap\ndata: {\"reason\":\"unknown-id\""));
        stream.process().send(SIGTERM);
        stream.wait();
        REQUIRE(eventually([&] { return server.clients.size() == 0; }));
    }
}

TEST_CASE("what is no topic, no policy or no query is answered with a sentence") {
    subscribing server;
    auto const answer = [&](std::string const& path) {
        auto const text = server.get(path);
        CHECK_THAT(text, StartsWith("HTTP/1.1 400 Bad Request\r\n") &&
                             ContainsSubstring("Content-Type: text/plain; charset=utf-8\r\n"));
        return body_of(text);
    };
    CHECK(answer("/?topic=") == "a topic must not be empty\n");
    CHECK(answer("/?topic=a%0ab") == "the topic 'a\\nb' has a control or format character\n");
    CHECK(answer("/?topic=%zz") == "a parameter with a broken percent-encoding\n");
    CHECK(answer("/?overflow=block") ==
          "overflow: 'block' is none of drop-oldest, drop-newest, disconnect, catch-up\n");
    CHECK(answer("/?overflow=") ==
          "overflow: '' is none of drop-oldest, drop-newest, disconnect, catch-up\n");
    std::string topics = "/?";
    for (int i = 0; i <= 100; ++i) topics += fmt::format("topic={}&", i);
    CHECK_THAT(answer(topics), ContainsSubstring("100"));
}

TEST_CASE("where no policy may be chosen, that is said") {
    subscribing server(service_under_test::with_history(), {.policies = {}});
    CHECK(body_of(server.get("/?overflow=disconnect")) == "overflow: none may be chosen here\n");
}

TEST_CASE("a client has the policy that it asks for") {
    auto settings = service_under_test::with_history();
    settings.channel_capacity = 1;
    subscribing server(settings);
    std::vector<tcp_client> unread;
    for (auto const* query : {"", "?overflow=disconnect", "?overflow=drop-newest"}) {
        unread.push_back(server.ask(fmt::format("/{}", query), 4'096));
        unread.back().read_until("connected\n\n\r\n");
    }
    auto const stats = [&] { return server.clients.stats(); };
    REQUIRE(eventually([&] {
        server.broadcast(std::string(100'000, 'x'));
        return stats().fell_behind == 1 && stats().ended_by(end_reason::slow) == 1 &&
               stats().dropped != 0;
    }));
    CHECK(server.clients.size() == 2);
}

TEST_CASE("operators see the address of the one for whom a trusted proxy asks") {
    subscribing server(
        service_under_test::with_history(),
        {.max_clients_per_address = 1, .trusted_proxies = {address_range("127.0.0.1")}});
    auto const peers = [&] {
        std::vector<std::string> all;
        for (auto const& each : server.clients.clients()) all.push_back(each.peer);
        return all;
    };
    std::string const forwarded = "X-Forwarded-For: 2001:db8::7, 192.0.2.1";
    curl_stream const v4(server.url("/"), {"-H", forwarded});
    curl_stream const v6(server.url("/"), {"-H", "X-Forwarded-For: 2001:db8::7"});
    curl_stream const itself(server.url("/"));
    curl_stream const stranger(server.url("/"), {"--interface", "127.0.0.2", "-H", forwarded});
    REQUIRE(eventually([&] { return peers().size() == 4 && peers().back() != "-"; }));
    CHECK(peers()[0] == "192.0.2.1");
    CHECK(peers()[1] == "2001:db8::7");
    CHECK_THAT(peers()[2], StartsWith("127.0.0.1:"));
    CHECK_THAT(peers()[3], StartsWith("127.0.0.2:"));
}

TEST_CASE("a client behind a trusted proxy is served like any other") {
    subscribing server(service_under_test::with_history(),
                       {.trusted_proxies = {address_range("127.0.0.1")}});
    {
        curl_stream stream(server.url("/?topic=news"), {"-H", "X-Forwarded-For: 192.0.2.1"});
        server.clients.publish({"news"}, event(std::string(100'000, 'x')));
        CHECK(server.rest_of(stream) == "data: " + std::string(100'000, 'x') + "\n\ndata: end\n\n");
    }
    CHECK(eventually([&] { return server.clients.size() == 0; }));
    curl_stream kicked(server.url("/"), {"-H", "X-Forwarded-For: 192.0.2.1"});
    REQUIRE(eventually([&] { return server.clients.size() == 1; }));
    CHECK(server.clients.kick(server.clients.clients()[0].id));
    kicked.output().until_end();
    CHECK(kicked.wait() == curl_unfinished);
}

TEST_CASE("a stream is compressed for who accepts that, as the server likes best") {
    subscribing server(subscribing::with_history(),
                       {.codings = {content_coding::br, content_coding::gzip}});
    auto const asked =
        GENERATE(as<std::pair<std::string, std::string>>(),  //
                 std::pair("gzip, deflate, br, zstd", "br"), std::pair("gzip", "gzip"),
                 std::pair("zstd", "none"), std::pair("", "none"));
    curl stream(server.url("/?topic=news"),
                {"-i", "--compressed", "-H", "Accept-Encoding: " + asked.first});
    REQUIRE(eventually([&] { return server.clients.size() == 1; }));
    server.clients.publish({"news"}, event("Hello"));
    server.clients.publish({"news"}, event("Hello again"));
    auto const text = stream.output().until("data: Hello again\n\n");
    CHECK_THAT(text, ContainsSubstring("data: Hello\n\n"));
    CHECK_THAT(text, ContainsSubstring("Vary: Accept-Encoding\r\n"));
    auto const named = text.find("Content-Encoding: " + asked.second + "\r\n") != text.npos;
    CHECK(named == (asked.second != "none"));
}

TEST_CASE("HEAD tells of the coding that the stream would have, too") {
    subscribing server(subscribing::with_history(), {.codings = {content_coding::gzip}});
    CHECK_THAT(fetch(server.url("/"), {"-I", "-H", "Accept-Encoding: gzip"}),
               ContainsSubstring("\r\nContent-Encoding: gzip\r\n") &&
                   ContainsSubstring("\r\nVary: Accept-Encoding\r\n"));
    auto const plain = fetch(server.url("/"), {"-I"});
    CHECK(plain.find("Content-Encoding") == plain.npos);
}

TEST_CASE("without codings a stream is not compressed, and does not vary") {
    subscribing server;
    curl stream(server.url("/"), {"-i", "-H", "Accept-Encoding: gzip, br, zstd"});
    auto const text = stream.output().until("connected\n\n");
    CHECK(text.find("Content-Encoding") == text.npos);
    CHECK(text.find("Vary") == text.npos);
}
