#include "server/server_under_test.hpp"

#include <future>
#include <stdexcept>

using fibercast::request;
using fibercast::request_body;
using fibercast::response;
using fibercast::status;
using namespace std::chrono_literals;

namespace {

std::string post(std::string const& path, std::size_t size) {
    return "POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(size) +
           "\r\n\r\n";
}

/// A server whose bodies may have 100,000 bytes together, and a handler that can be made to wait.
class with_bodies : protected server_under_test {
protected:
    with_bodies() {
        settings.limits.bodies_bytes = 100'000;
        settings.limits.body_bytes = 100'000;
        routes.post("/", [](request const& asked) {
            return response::text(status::ok, std::to_string(asked.body().size()));
        });
        routes.post("/waits", [this](request const&) {
            entered.set_value();
            fibercast::blocking([&] { go_on.get_future().wait(); });
            return response::text(status::ok, "done");
        });
        routes.post("/throws",
                    [](request const&) -> response { throw std::runtime_error("no luck"); });
    }

    /// Half of a body that has arrived.
    tcp_client halfway() {
        auto sending = connect();
        sending.send(post("/", 90'000) + body.substr(0, 45'000));
        CHECK(eventually([] { return request_body::held_by_all() >= 45'000; }));
        return sending;
    }
    bool nothing_held() {
        return eventually([] { return request_body::held_by_all() == 0; });
    }

    std::string const body = std::string(90'000, 'x');
    std::promise<void> entered;
    std::promise<void> go_on;
};

}  // namespace

TEST_CASE_METHOD(with_bodies, "a body for which there is no room may come again") {
    start();
    auto first = connect();
    first.send(post("/waits", body.size()) + body);
    entered.get_future().wait();
    auto second = connect();
    second.send(post("/", body.size()) + body);
    auto const refusal = second.read_all();
    CHECK(refusal.starts_with("HTTP/1.1 503 Service Unavailable\r\n"));
    CHECK(refusal.find("\r\nRetry-After: 1\r\n") != refusal.npos);
    go_on.set_value();
    first.read_until("done");
    auto again = connect();
    again.send(post("/", body.size()) + body);
    again.read_until("90000");
    CHECK(server().stats().rejected == 1);
}

TEST_CASE_METHOD(with_bodies, "a body larger than all the room is refused for good") {
    start();
    auto sending = connect();
    sending.send(post("/", 100'001));
    CHECK(sending.read_all().starts_with("HTTP/1.1 413 "));
}

TEST_CASE_METHOD(with_bodies, "a body gives its room back, whatever becomes of its request") {
    settings.limits.body_time = 200ms;
    start();
    SECTION("the handler throws") {
        auto sending = connect();
        sending.send(post("/throws", body.size()) + body);
        sending.read_until("500 Internal Server Error\n");
    }
    SECTION("the client closes in the middle") { halfway().close(); }
    SECTION("the client resets the connection in the middle") { halfway().reset(); }
    SECTION("the client ends its side in the middle") {
        auto sending = halfway();
        sending.shut_down_sending();
        CHECK(sending.read_all().empty());
    }
    SECTION("the rest does not come in time") { CHECK(halfway().read_all().empty()); }
    SECTION("the rest is malformed") {
        auto sending = connect();
        sending.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1000\r\n" +
                     body.substr(0, 0x1000) + "nonsense");
        CHECK(sending.read_all().starts_with("HTTP/1.1 400 "));
    }
    CHECK(nothing_held());
}

TEST_CASE_METHOD(with_bodies, "a body gives its room back when the server stops") {
    start();
    SECTION("it drains") {
        auto sending = halfway();
        CHECK(server().stop(60s));
        CHECK(sending.read_all().empty());
    }
    SECTION("it cuts a request that is being answered") {
        auto sending = connect();
        sending.send(post("/waits", body.size()) + body);
        entered.get_future().wait();
        auto stopped = std::async(std::launch::async, [&] { return server().stop(0s); });
        CHECK(sending.read_all().empty());
        go_on.set_value();
        CHECK_FALSE(stopped.get());
    }
    CHECK(request_body::held_by_all() == 0);
}
