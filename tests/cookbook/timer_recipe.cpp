#include <fibercast/fibercast.hpp>
#include <fibercast/testing.hpp>

#include "support/catch.hpp"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

using namespace fibercast;
using namespace std::chrono_literals;

namespace {

std::jthread tick(hub& clients, std::chrono::milliseconds every) {
    return std::jthread([&clients, every](std::stop_token const& stop) {
        std::mutex mutex;
        std::condition_variable_any stopped;
        for (int number = 1;; ++number) {
            std::unique_lock held(mutex);
            if (stopped.wait_for(held, stop, every, [&] { return stop.stop_requested(); })) return;
            clients.broadcast(event(std::to_string(number)).type("tick"));
        }
    });
}

}  // namespace

TEST_CASE("cookbook: a timer") {
    hub clients;
    testing::test_client client(subscribe_to(clients));
    auto stream = client.open("/");
    stream.next();
    auto const clock = tick(clients, 1ms);
    auto const first = stream.next();
    CHECK(first.type == "tick");
    CHECK(std::stoi(stream.next().data) == std::stoi(first.data) + 1);
}
