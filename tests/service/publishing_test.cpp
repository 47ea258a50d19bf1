#include <fibercast/service/publishing.hpp>

#include "service/service_under_test.hpp"

#include <fibercast/service/subscribing.hpp>

#include "support/catch.hpp"

#include <algorithm>
#include <string>
#include <thread>
#include <vector>

using namespace fibercast;
using namespace std::chrono_literals;
namespace {

class publishing : public service_under_test {
public:
    explicit publishing(hub_options const& settings = with_history(),
                        publish_options const& how = {})
        : service_under_test(settings) {
        publisher const by(clients, how);
        routes.get("/", subscribe_to(clients));
        routes.post("/broadcast", by.broadcasting());
        routes.post("/topics/{topic...}", by.to_topic());
        routes.post("/publish", by.to_topics());
        start();
    }

    /// curl -d
    std::string post(std::string const& path, std::string const& body,
                     std::vector<std::string> options = {}) {
        options.insert(options.end(), {"-i", "--data-binary", body});
        return fetch(url(path), options);
    }
    std::string post_as(std::string const& type, std::string const& path, std::string const& body) {
        return post(path, body, {"-H", "Content-Type: " + type});
    }

    /// What is wrong, which must be the asker's fault.
    static std::string complaint(std::string const& answer) {
        CHECK_THAT(answer, StartsWith("HTTP/1.1 400 Bad Request\r\n") &&
                               ContainsSubstring("Content-Type: text/plain; charset=utf-8\r\n"));
        return body_of(answer);
    }

    /// All that a stream of `earliest` gets.
    std::string kept(std::string const& query = "topic=*") {
        curl stream(url("/?last_event_id=earliest&" + query));
        REQUIRE(eventually([&] { return clients.size() == 1; }));
        clients.broadcast(event("end"));
        auto text = without_ids(stream.output().until("data: end\n\n"));
        text.resize(text.size() - std::string("data: end\n\n").size());
        return text;
    }
};

/// The lines with data, however they came in chunks.
std::string data_in(std::string const& stream) {
    std::string lines;
    for (auto at = stream.find("data: "); at != stream.npos; at = stream.find("data: ", at + 1))
        lines.append(stream, at, stream.find('\n', at) + 1 - at);
    return lines;
}

}  // namespace

TEST_CASE("curl -d broadcasts its text as it is") {
    publishing server;
    curl_stream one(server.url("/"));
    curl_stream two(server.url("/?topic=x"));
    auto const answer = server.post("/broadcast", "Hello");
    CHECK_THAT(answer, StartsWith("HTTP/1.1 200 OK\r\n") &&
                           ContainsSubstring("Content-Type: application/json\r\n"));
    CHECK_THAT(body_of(answer), Matches("\\{\"id\":\"#[0-9a-z]{6}-[0-9]+\",\"clients\":2\\}\n"));
    for (auto* each : {&one, &two})
        CHECK(without_ids(each->output().until("\n\n")) == "data: Hello\n\n");
}

TEST_CASE("a text with the characters of forms stays what it is, unless it has data or topic") {
    publishing server;
    for (auto const* text : {"a+b", "100%", "a=b&c=d", "x&mydata=1", "=&=", "&", "100%25", "data"})
        CHECK_THAT(server.post("/broadcast", text), StartsWith("HTTP/1.1 200 OK\r\n"));
    server.post_as("text/plain", "/broadcast", "data=a+b");
    server.post_as("application/xml", "/broadcast", "<a>data=1</a>");
    server.post("/broadcast", "data=a+b%21&event=news");
    CHECK(server.kept() ==
          "data: a+b\n\ndata: 100%\n\ndata: a=b&c=d\n\ndata: x&mydata=1\n\ndata: =&=\n\n"
          "data: &\n\ndata: 100%25\n\ndata: data\n\ndata: data=a+b\n\ndata: <a>data=1</a>\n\n"
          "event: news\ndata: a b!\n\n");
}

TEST_CASE("type, id and time to reconnect are parameters of the query") {
    publishing server;
    CHECK(body_of(server.post("/broadcast?event=news&id=7&retry=1500", "x")) ==
          "{\"id\":\"7\",\"clients\":0}\n");
    CHECK(server.kept() == "event: news\nid: 7\nretry: 1500\ndata: x\n\n");
}

TEST_CASE("the topic is the rest of the path, decoded, and only its subscribers get the event") {
    publishing server;
    curl_stream orders(server.url("/?topic=orders/**"));
    curl_stream const other(server.url("/"));
    CHECK_THAT(server.post("/topics/orders/7%2F8/gr%C3%BC%C3%9Fe", "x"),
               ContainsSubstring("\"clients\":1}"));
    CHECK(without_ids(orders.output().until("\n\n")) == "data: x\n\n");
    CHECK(server.clients.stats().published == 1);
}

TEST_CASE("events carry their topics in a form, in JSON and in the query") {
    publishing server;
    server.post("/publish", "topic=a&topic=b&data=1");
    server.post_as("Application/JSON; charset=utf-8", "/publish",
                   R"({"topics":["a","c"],"data":"2"})");
    server.post("/publish?topic=c", "3");
    server.post("/topics/a?topic=d", "4");
    server.post_as("application/json", "/topics/d", R"({"data":"5","topics":["a"]})");
    CHECK(server.kept("topic=a") == "data: 1\n\ndata: 2\n\ndata: 4\n\ndata: 5\n\n");
    REQUIRE(eventually([&] { return server.clients.size() == 0; }));
    CHECK(server.kept("topic=c&topic=d") == "data: 2\n\ndata: 3\n\ndata: 4\n\ndata: 5\n\n");
}

TEST_CASE("many events come in one request, one in each line") {
    publishing server;
    curl_stream const one(server.url("/"));
    auto const answer = server.post_as("application/x-ndjson", "/broadcast?event=tick",
                                       "{\"data\":\"1\"}\r\n\n{\"data\":\"2\",\"event\":\"tock\"}\n"
                                       "{\"data\":\"3\",\"id\":\"third\"}");
    CHECK(body_of(answer) == "{\"id\":\"third\",\"published\":3,\"deliveries\":3}\n");
    server.post_as("application/jsonl", "/publish", "{\"data\":\"4\",\"topics\":[\"t\"]}\n");
    CHECK_THAT(server.kept(), StartsWith("event: tick\ndata: 1\n\nevent: tock\ndata: 2\n\n"
                                         "event: tick\nid: third\ndata: 3\n\ndata: 4\n\n"));
}

TEST_CASE("one wrong line, and nothing of the request is published") {
    publishing server;
    auto const of = [&](std::string const& lines) {
        return publishing::complaint(server.post_as("application/x-ndjson", "/publish", lines));
    };
    CHECK_THAT(of("{\"data\":\"1\",\"topics\":[\"a\"]}\n\n{\"data\":\n"),
               StartsWith("line 3: this is no JSON: "));
    CHECK(of("{\"data\":\"1\",\"topics\":[\"a\"]}\n{\"data\":\"2\"}") ==
          "line 2: the event has no topic; /broadcast is for all clients\n");
    CHECK(of("\n \n") == "there is no event in any line\n");
    CHECK(publishing::complaint(
              server.post_as("application/x-ndjson", "/broadcast?id=7", "{\"data\":\"1\"}\n")) ==
          "an id names one event, and not all of many lines\n");
    CHECK(server.clients.stats().published == 0);
    CHECK(server.clients.stats().broadcasts == 0);
}

TEST_CASE("what cannot be published is said in a sentence") {
    publishing server;
    auto const of = [&](std::string const& path, std::string const& body) {
        return publishing::complaint(server.post(path, body));
    };
    CHECK(of("/topics/", "x") == "a topic must not be empty\n");
    CHECK_THAT(of("/topics/orders/*", "x"), ContainsSubstring("is a pattern"));
    CHECK(of("/publish", "x") == "the event has no topic; /broadcast is for all clients\n");
    CHECK(of("/broadcast?topic=a", "x") == "a broadcast goes to all clients and has no topics\n");
    CHECK(of("/broadcast", "topic=a&data=x") ==
          "a broadcast goes to all clients and has no topics\n");
    CHECK(of("/publish", "topic=a") == "there is no data\n");
    CHECK(of("/broadcast?evnt=x", "x") ==
          "there is no parameter 'evnt', but topic, data, event, id and retry\n");
    CHECK(of("/broadcast?data=x", "") == "the data is what the body is for\n");
    CHECK(of("/broadcast?retry=1s", "x") ==
          "retry: '1s' is no number of milliseconds from 0 to 86400000\n");
    CHECK_THAT(of("/broadcast?id=%23a", "x"), ContainsSubstring("begins with '#'"));
    CHECK_THAT(of("/broadcast?event=fibercast.gap", "x"), ContainsSubstring("server's own"));
    CHECK(of("/broadcast", "\xff") == "the data is no UTF-8\n");
    CHECK(of("/broadcast", "data=%zz") == "a parameter with a broken percent-encoding\n");
    CHECK_THAT(fetch(server.url("/broadcast"), {"-i", "-F", "data=x"}),
               StartsWith("HTTP/1.1 415 ") && EndsWith("send it urlencoded\n"));
    CHECK(server.clients.stats().broadcasts == 0);
}

TEST_CASE("publishers on all workers at once lose nothing, and all clients see one order") {
    publishing server;
    constexpr int publishers = 4;
    constexpr int each = 50;
    std::vector<tcp_client> streams;
    for (int i = 0; i < 4; ++i) streams.push_back(server.ask("/?topic=numbers"));
    for (auto& stream : streams) stream.read_until("connected\n\n\r\n");
    std::vector<std::thread> all;
    for (int who = 0; who < publishers; ++who)
        all.emplace_back([&, who, posting = server.connect()]() mutable {
            for (int i = 0; i < each; ++i) {
                auto const body = fmt::format("{}.{}", who, i);
                posting.send(
                    fmt::format("POST /topics/numbers HTTP/1.1\r\nHost: x\r\n"
                                "Content-Length: {}\r\n\r\n{}",
                                body.size(), body));
                posting.read_until("\"clients\":4}\n");
            }
        });
    for (auto& thread : all) thread.join();
    server.clients.broadcast(event("end"));
    std::vector<std::string> seen;
    for (auto& stream : streams) seen.push_back(data_in(stream.read_until("data: end\n")));
    for (auto const& other : seen) CHECK(other == seen.front());
    for (int who = 0; who < publishers; ++who) {
        std::size_t at = 0;
        for (int i = 0; i < each && at != std::string::npos; ++i)
            at = seen.front().find(fmt::format("data: {}.{}\n", who, i), at);
        CHECK(at != std::string::npos);
    }
    CHECK(std::count(seen.front().begin(), seen.front().end(), '\n') == publishers * each + 1);
}

TEST_CASE("a request that is repeated with its key is published once") {
    publishing server;
    std::vector<std::string> const key{"-H", "Idempotency-Key: order-7"};
    auto const first = body_of(server.post("/broadcast", "x", key));
    CHECK(body_of(server.post("/broadcast", "x", key)) == first);
    CHECK(server.clients.stats().broadcasts == 1);
    CHECK_THAT(server.post("/broadcast", "y", key),
               StartsWith("HTTP/1.1 422 Unprocessable Entity\r\n"));
    CHECK_THAT(server.post("/topics/a", "x", key), StartsWith("HTTP/1.1 422 "));
    server.post("/broadcast", "x");
    server.post("/broadcast", "x", {"-H", "Idempotency-Key: order-8"});
    CHECK(server.clients.stats().broadcasts == 3);
    CHECK(publishing::complaint(server.post("/broadcast", "x",
                                            {"-H", "Idempotency-Key: " + std::string(256, 'k')})) ==
          "the Idempotency-Key is longer than 255 bytes\n");
}

TEST_CASE("a wrong request does not use its key up") {
    publishing server;
    std::vector<std::string> const key{"-H", "Idempotency-Key: k"};
    publishing::complaint(server.post("/broadcast?id=%23", "x", key));
    CHECK_THAT(server.post("/broadcast", "x", key), StartsWith("HTTP/1.1 200 OK\r\n"));
}

TEST_CASE("what the hub does not take in time is not published, and may be tried again") {
    auto settings = service_under_test::with_history();
    settings.overflow = overflow::block;
    settings.channel_capacity = 1;
    publishing server(settings, {.patience = 50ms});
    auto stuck = server.ask("/", 4'096);
    stuck.read_until("connected\n\n\r\n");
    std::size_t published = 0;
    while (server.clients.broadcast(event(std::string(2'000, 'x')), after(50ms))) ++published;
    std::vector<std::string> const key{"-H", "Idempotency-Key: k"};
    auto const answer = server.post("/broadcast", "late", key);
    CHECK_THAT(answer, StartsWith("HTTP/1.1 503 ") && ContainsSubstring("Retry-After: 2\r\n"));
    CHECK(body_of(answer) == "the clients do not keep up, and nothing was published\n");
    CHECK(server.clients.stats().broadcasts == published);
    stuck.close();
    REQUIRE(eventually([&] { return server.clients.size() == 0; }));
    CHECK_THAT(server.post("/broadcast", "late", key), StartsWith("HTTP/1.1 200 OK\r\n"));
    CHECK(server.clients.stats().broadcasts == published + 1);
}

TEST_CASE("publishing is by POST, and bodies are bounded") {
    publishing server;
    CHECK_THAT(server.get("/broadcast"),
               StartsWith("HTTP/1.1 405 ") && ContainsSubstring("Allow: POST\r\n"));
    auto poster = server.connect();
    poster.send("POST /broadcast HTTP/1.1\r\nHost: x\r\nContent-Length: 1048577\r\n\r\n");
    CHECK_THAT(poster.read_until("\r\n\r\n"), StartsWith("HTTP/1.1 413 "));
}
