#include "server/server_under_test.hpp"

#include <atomic>
#include <thread>

using namespace std::chrono_literals;

TEST_CASE("a client that never stops asking leaves its worker to others, and lets it stop") {
    server_under_test test;
    test.settings.workers = 1;
    auto& server = test.start();
    auto streaming = test.stream();
    auto busy = test.connect();
    std::string many;
    for (int i = 0; i < 500; ++i) many += "GET /nowhere HTTP/1.1\r\nHost: localhost\r\n\r\n";
    // Sends and receives at once, so that the server never has to wait for either.
    std::atomic<std::size_t> answered = 0;
    std::thread asking([&] {
        while (busy.send(many)) {
        }
    });
    std::thread receiving([&] {
        try {
            for (;; ++answered) busy.read_until("404 Not Found\n");
        } catch (std::runtime_error const&) {  // the server has closed
        }
    });
    eventually([&] { return answered > 1'000; });
    for (int i = 0; i < 20; ++i) {
        test.broadcast("event " + std::to_string(i));
        streaming.read_until("event " + std::to_string(i));
    }
    auto const stopping = std::chrono::steady_clock::now();
    server.stop(1s);
    CHECK(std::chrono::steady_clock::now() - stopping < 10s);
    asking.join();
    receiving.join();
}
