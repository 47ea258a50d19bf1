#include "server/refused_watch.hpp"
#include "server/server_under_test.hpp"
#include "support/captured_log.hpp"

#include <future>
#include <latch>
#include <thread>

using fibercast::request;
using fibercast::response;
using fibercast::status;
using namespace std::chrono_literals;

TEST_CASE("an endpoint that accepts no more goes on with what is open, and the others with all") {
    server_under_test test;
    auto& server = test.prepare();
    server.listen({.port = 0}, [](request const&) { return response::text(status::ok, "yes"); });
    server.start();
    auto streaming = test.stream();
    auto const port = server.address().port();
    for (int i = 0; i < 2; ++i) server.stop_accepting();
    CHECK_THROWS(tcp_client(port));
    tcp_client asking(server.address(1).port());
    asking.send("GET / HTTP/1.0\r\n\r\n");
    CHECK(asking.read_all().ends_with("yes"));
    asking.close();
    test.broadcast("still here");
    streaming.read_until("still here\n\n\r\n");
    CHECK_THROWS_AS(server.stop_accepting(2), std::logic_error);
    CHECK(server.stop(60s));
    CHECK(streaming.read_all().empty());
}

TEST_CASE("an endpoint accepts no more, whichever thread was the first to say so") {
    server_under_test test;
    constexpr int threads = 8;
    std::promise<void> entered;
    std::latch all(threads);
    test.routes.get("/blocks", [&](request const&) {
        entered.set_value();
        all.wait();
        std::this_thread::sleep_for(50ms);  // meanwhile its worker, the one that accepts, does not
        return response::text(status::ok, "done");
    });
    test.settings.workers = 1;
    auto& server = test.start();
    auto blocking = test.ask("/blocks");
    entered.get_future().wait();
    std::vector<std::future<void>> refused;
    for (int i = 0; i < threads; ++i) {
        refused.push_back(std::async(std::launch::async, [&, port = server.address().port()] {
            all.count_down();
            server.stop_accepting();
            tcp_client too_late(port);
        }));
    }
    for (auto& each : refused) CHECK_THROWS(each.get());
    blocking.read_until("done");
    blocking.close();
    CHECK(server.stop(60s));
}

TEST_CASE("that waiting for connections is impossible is said once, until it is possible") {
    captured_log const log;
    {
        server_under_test test;
        refused_watch const refused;
        auto const& server = test.start();
        std::this_thread::sleep_for(250ms);  // it looks twice more
        CHECK(server.stats().pauses == 1);
    }
    CHECK(log.text() ==
          "warning: accepting pauses: No space left on device (0 connections are open)\n");
}

TEST_CASE("where waiting for connections is impossible they are accepted all the same") {
    server_under_test test;
    refused_watch const refused;
    auto const& server = test.start();
    for (int i = 0; i < 3; ++i) test.ask("/").read_until("hello");
    CHECK(server.stats().accepted == 3);
}
