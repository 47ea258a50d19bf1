#include "server/server_under_test.hpp"

#include <atomic>

using fibercast::request;
using fibercast::response;
using fibercast::status;
using namespace std::chrono_literals;

namespace {

/// Says "now" and sleeps, until that fails; then it says "end", if anybody still reads.
struct sleepy_body {
    std::chrono::milliseconds pause;
    std::atomic<int>* running;
};

void write_body(sleepy_body& it, fibercast::output& out) {
    ++*it.running;
    while (out.write("now") && fibercast::sleep_for(out, it.pause)) continue;
    --*it.running;
    (void)out.write("end");
}

struct sleepy_server {
    explicit sleepy_server(std::chrono::milliseconds pause) {
        test.routes.get("/", [this, pause](request const&) {
            return response(status::ok, sleepy_body{pause, &running});
        });
        test.start();
    }
    tcp_client reader() {
        auto asking = test.ask("/");
        asking.read_until("3\r\nnow\r\n");
        return asking;
    }
    std::atomic<int> running = 0;
    server_under_test test;
};

}  // namespace

TEST_CASE("a body sleeps as long as it says") {
    sleepy_server sleepy(1ms);
    auto reader = sleepy.reader();
    for (int i = 0; i < 3; ++i) reader.read_until("3\r\nnow\r\n");
}

TEST_CASE("a body that sleeps wakes when its reader leaves") {
    sleepy_server sleepy(1h);
    auto leaving = sleepy.reader();
    auto resetting = sleepy.reader();
    leaving.close();
    resetting.reset();
    CHECK(eventually([&] { return sleepy.running == 0; }));
}

TEST_CASE("a body that sleeps wakes when the server stops, and its response is complete") {
    sleepy_server sleepy(1h);
    auto reader = sleepy.reader();
    CHECK(sleepy.test.server().stop(60s));
    CHECK(reader.read_all() == "3\r\nend\r\n0\r\n\r\n");
}
