#include <fibercast/testing.hpp>

#include "support/catch.hpp"
#include "support/open_descriptors.hpp"

#include <fibercast/fibercast.hpp>

#include <array>
#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>

using namespace fibercast;
using namespace std::chrono_literals;
using testing::failure;
using testing::test_client;

namespace {

response echo(request const& asked) {
    return response::text(status::ok, std::string(asked.method()) + ' ' + asked.body() + ' ' +
                                          std::string(asked.header("X-Name")) + ' ' +
                                          asked.peer().text());
}

struct broken_body {};
void write_body(broken_body&, output& out) {
    CHECK(out.write("half"));
    throw std::runtime_error("no more");
}

/// The hub of a test and who asks it.
struct visited_hub {
    explicit visited_hub(hub_options const& settings = {}) : clients(settings) {}
    ~visited_hub() { CHECK(clients.size() == 0); }

    hub clients;
    test_client client{subscribe_to(clients)};
};

}  // namespace

TEST_CASE("a handler's answer is there to its end, with its fields") {
    test_client client(echo);
    auto const answer = client.ask({.target = "/?a=b",
                                    .method = "PUT",
                                    .fields = {{"X-Name", "me"}},
                                    .body = "text",
                                    .from = "2001:db8::7"});
    CHECK(answer.status == status::ok);
    CHECK(answer.field("content-type") == "text/plain; charset=utf-8");
    CHECK(answer.field("X-None").empty());
    CHECK(answer.body == "PUT text me [2001:db8::7]:4711");
    CHECK_FALSE(answer.unfinished);
}

TEST_CASE("routes, queries and forms are those of a server") {
    router routes;
    routes.get("/users/{id}", [](request const& asked) {
        return response::text(status::ok, std::string(asked.param("id")));
    });
    routes.post("/form", [](request const& asked) {
        return response::text(status::ok, std::string(*form_params(asked).first("name")));
    });
    test_client client(routes);
    CHECK(client.get("/users/a%20b").body == "a b");
    CHECK(client.post("/form", "name=two+words").body == "two words");
    CHECK(client.post("/form", "{}", {{"Content-Type", "application/json"}}).status ==
          status::unsupported_media_type);
    CHECK(client.get("/nowhere").status == status::not_found);
}

TEST_CASE("what a handler throws is what a server answers") {
    test_client client([](request const& asked) -> response {
        if (asked.path() == "/mistaken") throw request_error("mistaken");
        throw std::runtime_error("ours");
    });
    CHECK(client.get("/mistaken").status == status::bad_request);
    CHECK(client.get("/").status == status::internal_server_error);
}

TEST_CASE("a handler may block, sleep and go deep") {
    test_client client([](request const& asked) {
        std::array<char, 500'000> deep;
        deep.fill(static_cast<char>(asked.body().size()));
        sleep_for(1ms);
        return response::text(status::ok,
                              std::to_string(blocking([&] { return 42 + deep.back(); })));
    });
    CHECK(client.get("/").body == "42");
}

TEST_CASE("a stream's events come one by one") {
    visited_hub test;
    auto news = test.client.open("/?topic=news");
    CHECK(news.status() == status::ok);
    CHECK(news.field("Content-Type") == "text/event-stream");
    CHECK(news.next().data == "Successfully connected");
    test.clients.publish({"news"}, event("two\nlines").type("greeting").id("7"));
    auto const it = news.next();
    CHECK(it.type == "greeting");
    CHECK(it.data == "two\nlines");
    CHECK(it.last_event_id == "7");
    CHECK_FALSE(news.ended());
}

TEST_CASE("who comes back gets what it has missed") {
    visited_hub test;
    std::string last;
    {
        auto stream = test.client.open("/");
        last = stream.next().last_event_id;
    }
    test.clients.broadcast(event("missed"));
    auto stream = test.client.open({.fields = {{"Last-Event-ID", last}}});
    CHECK(stream.next().data == "missed");
}

TEST_CASE("a client that goes out of scope, or leaves, has left the hub") {
    visited_hub test;
    {
        auto const one = test.client.open("/");
        auto two = test.client.open("/");
        CHECK(test.clients.size() == 2);
        two.leave();
        two.wait_for_end();
        CHECK(test.clients.size() == 1);
    }
    CHECK(test.clients.size() == 0);
}

TEST_CASE("a client that reads nothing is slow, and sees what it missed when it reads on") {
    visited_hub test({.channel_capacity = 2, .overflow = overflow::drop_oldest});
    auto slow = test.client.open("/");
    slow.next();
    slow.stop_reading();
    for (int i = 0; i < 100; ++i) {
        test.clients.broadcast(event(std::to_string(i)));
        test.clients.flush(after(10s));
    }
    slow.read_on();
    bool gap = false;
    for (std::string data; data != "99";) {
        auto const it = slow.next();
        gap = gap || it.type == "fibercast.gap";
        data = it.data;
    }
    CHECK(gap);
}

TEST_CASE("a server that drains ends the stream, so that its client comes back") {
    visited_hub test;
    auto stream = test.client.open("/");
    stream.next();
    stream.drain();
    stream.wait_for_end();
    CHECK(stream.unfinished());
}

TEST_CASE("a body of any type is written, and waited for by its text") {
    auto const lines = std::make_shared<channel<std::string>>(10);
    test_client client([&](request const&) { return response(status::ok, lines); });
    auto stream = client.open("/");
    lines->push("one\n");
    stream.wait_for("one\n");
    lines->push("two\n");
    lines->close();
    stream.wait_for_end();
    CHECK(stream.text() == "one\ntwo\n");
}

TEST_CASE("what does not come is a failure, and no test that hangs") {
    auto const lines = std::make_shared<channel<std::string>>(10);
    test_client client([&](request const&) { return response(status::ok, lines); }, 1ms);
    CHECK_THROWS_AS(client.get("/"), failure);
    auto const again = std::make_shared<channel<std::string>>(10);
    test_client other([&](request const&) { return response(status::ok, again); }, 1ms);
    auto stream = other.open("/");
    CHECK_THROWS_AS(stream.next(), failure);
    CHECK_THROWS_AS(stream.wait_for("it"), failure);
    CHECK_THROWS_AS(stream.wait_for_end(), failure);
    again->push("data: late\n\n");
    again->close();
    test_client patient(echo);
    CHECK_THROWS_AS(patient.open("/").next(), failure);  // it has ended
}

TEST_CASE("a body that throws ends") {
    test_client client([](request const&) { return response(status::ok, broken_body()); });
    auto const answer = client.get("/");
    CHECK(answer.body == "half");
}

TEST_CASE("a request that is none is said to be") {
    test_client client(echo);
    CHECK_THROWS_AS(client.ask({.target = "/%zz"}), std::invalid_argument);
    CHECK_THROWS_AS(client.ask({.from = "somewhere"}), std::invalid_argument);
    CHECK_THROWS_AS(client.ask({.fields = {{"a b", "c"}}}), std::invalid_argument);
}

TEST_CASE("a test client leaves nothing behind") {
    auto const before = open_descriptors();
    {
        visited_hub test;
        auto const one = test.client.open("/");
        auto const two = test.client.open("/");
    }
    CHECK(open_descriptors() == before);
}
