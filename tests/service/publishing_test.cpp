#include "service/publishing.hpp"

#include <string>
#include <vector>

using namespace fibercast;

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

TEST_CASE("what is private is said by a form, JSON, each line of many, or the query") {
    publishing server;
    server.post("/topics/a?private", "1");
    server.post("/topics/a?private=off", "2");
    server.post("/publish", "topic=a&data=3&private=on");
    server.post_as("application/json", "/topics/a", R"({"data":"4","private":true})");
    server.post_as("application/x-ndjson", "/topics/a?private",
                   "{\"data\":\"5\"}\n{\"data\":\"6\",\"private\":false}\n");
    server.post("/topics/a?id=seven&private", "7");
    server.post("/topics/a", "private=on");  // no form, as it has neither data nor topic
    CHECK(server.clients.stats().published == 8);
    CHECK(server.kept("topic=a") == "data: 6\n\ndata: private=on\n\n");  // of no rights
    CHECK_THAT(body_of(server.post("/topics/a?id=8&private", "8")), StartsWith("{\"id\":\"8\","));
    CHECK_THAT(body_of(server.post("/topics/a?private", "9")), StartsWith("{\"id\":\"#"));
    CHECK(publishing::complaint(server.post("/broadcast?private", "x")) ==
          "a broadcast goes to all clients and is not private\n");
    CHECK(publishing::complaint(server.post("/topics/a?private&private", "x")) ==
          "the parameter 'private' comes twice\n");
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
          "there is no parameter 'evnt', but topic, data, event, id, retry and private\n");
    CHECK(of("/broadcast?data=x", "") == "the data is what the body is for\n");
    CHECK(of("/broadcast", "data=a&data=b") == "the parameter 'data' comes twice\n");
    CHECK(of("/broadcast?retry=1&retry=2", "x") == "the parameter 'retry' comes twice\n");
    CHECK(of("/broadcast?retry=1s", "x") ==
          "retry: '1s' is no number of milliseconds from 0 to 86400000\n");
    CHECK_THAT(of("/broadcast?id=%23a", "x"), ContainsSubstring("begins with '#'"));
    CHECK_THAT(of("/broadcast?event=fibercast.gap", "x"), ContainsSubstring("server's own"));
    CHECK(of("/broadcast", "\xff") == "the data is no UTF-8\n");
    CHECK(of("/broadcast", "data=%zz") == "a parameter with a broken percent-encoding\n");
    CHECK_THAT(fetch(server.url("/broadcast"), {"-i", "-F", "data=x"}),
               StartsWith("HTTP/1.1 415 ") && EndsWith("send it urlencoded\n"));
    CHECK_THAT(server.post("/broadcast", "x", {"-H", "Content-Encoding: gzip"}),
               StartsWith("HTTP/1.1 415 "));
    CHECK(server.clients.stats().broadcasts == 0);
}

TEST_CASE("publishing is by POST, and bodies are bounded") {
    publishing server;
    CHECK_THAT(server.get("/broadcast"),
               StartsWith("HTTP/1.1 405 ") && ContainsSubstring("Allow: POST\r\n"));
    auto poster = server.connect();
    poster.send("POST /broadcast HTTP/1.1\r\nHost: x\r\nContent-Length: 1048577\r\n\r\n");
    CHECK_THAT(poster.read_until("\r\n\r\n"), StartsWith("HTTP/1.1 413 "));
}
