#include "service/publishing.hpp"

#include <algorithm>
#include <chrono>
#include <string>
#include <thread>
#include <vector>

using namespace fibercast;
using namespace std::chrono_literals;
namespace {

/// The lines with data, however they came in chunks.
std::string data_in(std::string const& stream) {
    std::string lines;
    for (auto at = stream.find("data: "); at != stream.npos; at = stream.find("data: ", at + 1))
        lines.append(stream, at, stream.find('\n', at) + 1 - at);
    return lines;
}

}  // namespace

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
