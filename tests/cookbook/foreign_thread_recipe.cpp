#include <fibercast/fibercast.hpp>
#include <fibercast/testing.hpp>

#include "support/catch.hpp"

#include <spdlog/logger.h>

#include <chrono>
#include <functional>
#include <string>
#include <thread>
#include <utility>

using namespace fibercast;
using namespace std::chrono_literals;

namespace {

/// Calls back on a thread of its own.
struct message_queue {
    using callback = std::function<void(std::string const& topic, std::string const& text)>;

    void on_message(callback call) { call_ = std::move(call); }
    void receive(std::string const& topic, std::string const& text) {
        std::thread([&] { call_(topic, text); }).join();
    }

private:
    callback call_;
};

void forward(message_queue& from, hub& clients) {
    from.on_message([&clients](std::string const& topic, std::string const& text) {
        auto const place = clients.publish({topic}, event(text), after(100ms));
        if (!place) log().warn("a message about {} came too late", topic);
    });
}

}  // namespace

TEST_CASE("cookbook: publishing from another library's thread") {
    hub clients;
    message_queue queue;
    forward(queue, clients);
    testing::test_client client(subscribe_to(clients));
    auto stream = client.open("/?topic=rooms/*");
    stream.next();
    queue.receive("rooms/7", "warm");
    CHECK(stream.next().data == "warm");
}
