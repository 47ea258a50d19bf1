#include "server/server_under_test.hpp"

using namespace std::chrono_literals;

TEST_CASE("requests that no handler saw are counted") {
    server_under_test test;
    auto const& server = test.start();
    for (auto const* request :
         {"nonsense\r\n\r\n", "PRI * HTTP/2.0\r\n\r\n", "GET / HTTP/1.1\r\n\r\n",
          "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999\r\n\r\n"}) {
        auto refused = test.connect();
        refused.send(request);
        refused.read_all();
    }
    CHECK(server.stats().rejected == 4);
    test.ask("/").read_until("hello");
    test.ask("/nowhere").read_until("404");
    CHECK(server.stats().rejected == 4);
    CHECK(server.stats().timed_out == 0);
}

TEST_CASE("requests that did not arrive in time are counted, and idle connections are not") {
    server_under_test test;
    test.settings.limits = {.header_time = 100ms, .body_time = 100ms, .idle_time = 100ms};
    auto const& server = test.start();
    for (auto const* beginning :
         {"", "GET / HT", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhell"}) {
        auto slow = test.connect();
        slow.send(beginning);
        CHECK(slow.read_all().empty());
    }
    CHECK(server.stats().timed_out == 3);
    auto idle = test.ask("/");
    idle.read_until("hello");
    CHECK(idle.read_all().empty());
    CHECK(server.stats().timed_out == 3);
    CHECK(server.stats().rejected == 0);
}
