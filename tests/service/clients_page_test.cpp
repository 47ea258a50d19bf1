#include <fibercast/service/clients_page.hpp>

#include "service/json_text.hpp"
#include "service/service_under_test.hpp"

#include <fibercast/service/subscribing.hpp>

#include "support/catch.hpp"

#include <algorithm>
#include <list>
#include <string>

using namespace fibercast;
namespace {

class operating : public service_under_test {
public:
    operating() {
        routes.get("/", subscribe_to(clients));
        routes.get("/clients", list_clients(clients));
        routes.get("/clients/{id}", show_client(clients));
        routes.add("DELETE", "/clients/{id}", end_client(clients));
        routes.get("/topics", list_topics(clients));
        start();
    }

    std::string page(std::string const& path) {
        auto const answer = get(path);
        CHECK_THAT(answer, StartsWith("HTTP/1.1 200 OK\r\n") &&
                               ContainsSubstring("Content-Type: application/json\r\n"));
        return body_of(answer);
    }

    std::string complaint(std::string const& path) {
        auto const answer = get(path);
        CHECK_THAT(answer, StartsWith("HTTP/1.1 400 Bad Request\r\n"));
        return body_of(answer);
    }
};

std::size_t count(std::string const& text, std::string const& part) {
    std::size_t found = 0;
    for (auto at = text.find(part); at != text.npos; at = text.find(part, at + 1)) ++found;
    return found;
}

}  // namespace

TEST_CASE("text of any kind is a string of JSON") {
    CHECK(json_text("a \"quote\" and a \\") == R"("a \"quote\" and a \\")");
    CHECK(json_text("grüße\n\x1b\x7f") == R"("grüße\u000a\u001b\u007f")");
    CHECK(json_text("a\xff\xc3") == R"("a\ufffd\ufffd")");
    CHECK(json_text("") == "\"\"");
}

TEST_CASE("a client is listed with what is known of it") {
    operating server;
    CHECK(server.page("/clients") == "{\"clients\":[],\"next\":null}\n");
    curl_stream stream(server.url("/?topic=news&topic=a%22b"));
    CHECK_THAT(server.page("/clients"),
               Matches(R"re(\{"clients":\[\{"id":1,"peer":"127\.0\.0\.1:[0-9]+",)re"
                       R"re("connected_seconds":[0-9]+\.[0-9]{3},"topics":\["a\\"b","news"\],)re"
                       R"re("behind":false,"stalled":false,"sent":1,"dropped":0,"queued":0,)re"
                       R"re("queued_bytes":0,"unsent_bytes":[0-9]+,)re"
                       R"re("round_trip_seconds":[0-9]\.[0-9]{6}\}\],"next":null\}\n)re"));
    CHECK_THAT(server.page("/clients/1"), StartsWith("{\"id\":1,\"peer\":\"127.0.0.1:"));
    for (auto const* id : {"2", "0", "x", "-1", "18446744073709551616", "1%20"}) {
        auto const answer = server.get(fmt::format("/clients/{}", id));
        CHECK_THAT(answer, StartsWith("HTTP/1.1 404 Not Found\r\n") &&
                               ContainsSubstring("there is no client '"));
    }
}

TEST_CASE("the list comes in pages, and may be of one topic") {
    operating server;
    std::list<curl_stream> streams;
    for (int i = 0; i < 5; ++i)
        streams.emplace_back(server.url(i % 2 == 0 ? "/?topic=even" : "/?topic=odd*"));
    auto const first = server.page("/clients?limit=2");
    CHECK(count(first, "\"id\":") == 2);
    CHECK_THAT(first, EndsWith("\"next\":2}\n"));
    auto const second = server.page("/clients?limit=2&after=2");
    CHECK_THAT(second, ContainsSubstring("\"id\":3,") && ContainsSubstring("\"id\":4,") &&
                           EndsWith("\"next\":4}\n"));
    CHECK_THAT(server.page("/clients?limit=2&after=4"), EndsWith("\"next\":null}\n"));
    auto const even = server.page("/clients?topic=even");
    CHECK(count(even, "\"id\":") == 3);
    CHECK(count(server.page("/clients?topic=odd*"), "\"id\":") == 2);
    CHECK(count(server.page("/clients?topic=odd"), "\"id\":") == 0);
    CHECK(server.page("/topics") ==
          "{\"topics\":[{\"topic\":\"even\",\"clients\":3},{\"topic\":\"odd*\",\"clients\":2}],"
          "\"next\":null}\n");
    CHECK(server.page("/topics?limit=1") ==
          "{\"topics\":[{\"topic\":\"even\",\"clients\":3}],\"next\":\"even\"}\n");
    CHECK(server.page("/topics?limit=1&after=even") ==
          "{\"topics\":[{\"topic\":\"odd*\",\"clients\":2}],\"next\":null}\n");
}

TEST_CASE("a client can be sent away") {
    operating server;
    curl_stream stream(server.url("/"));
    CHECK_THAT(server.get("/clients/1", {"-X", "DELETE"}),
               StartsWith("HTTP/1.1 204 No Content\r\n") && EndsWith("\r\n\r\n"));
    stream.wait();
    CHECK(server.clients.stats().ended_by(end_reason::kicked) == 1);
    CHECK_THAT(server.get("/clients/1", {"-X", "DELETE"}),
               StartsWith("HTTP/1.1 404 Not Found\r\n"));
    CHECK_THAT(server.get("/clients/x", {"-X", "DELETE"}),
               StartsWith("HTTP/1.1 404 Not Found\r\n"));
}

TEST_CASE("a page that is none is said in a sentence") {
    operating server;
    CHECK(server.complaint("/clients?limit=0") == "limit: '0' is no number from 1 to 1000\n");
    CHECK(server.complaint("/clients?limit=1001") == "limit: '1001' is no number from 1 to 1000\n");
    CHECK(server.complaint("/clients?after=x") == "after: 'x' is no client's id\n");
    CHECK(server.complaint("/clients?page=2") ==
          "there is no parameter 'page', but limit, after, topic\n");
    CHECK(server.complaint("/topics?topic=a") ==
          "there is no parameter 'topic', but limit, after\n");
    CHECK(server.complaint("/topics?after=%z") == "a parameter with a broken percent-encoding\n");
}
