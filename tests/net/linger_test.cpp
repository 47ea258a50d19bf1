#include "net/with_connection.hpp"

#include <boost/asio/write.hpp>

#include <chrono>
#include <limits>
#include <string>
#include <thread>

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

constexpr auto any_number = std::numeric_limits<std::uint64_t>::max();
std::string const some(64 * 1024, 'x');

class with_farewell : protected with_connection {
protected:
    std::chrono::milliseconds pause{};

    /// Says farewell, waits for the peer's end and closes. The result is that of the writing.
    auto leave(fibercast::deadline until, std::uint64_t most = any_number) {
        return start([this, until, most] {
            boost::system::error_code error;
            asio::write(*socket, asio::buffer("farewell", 8), error);
            socket->linger(until, most, pause);
            socket.reset();
            return error;
        });
    }
};

}  // namespace

TEST_CASE_METHOD(with_farewell, "a peer reads what it was sent last, though it sends much before") {
    auto left = leave(fibercast::never);
    for (int i = 0; i < 500; ++i) peer.send(some);
    CHECK(peer.receive_all() == "farewell");
    peer.close();
    CHECK_FALSE(left.get());
}

TEST_CASE_METHOD(with_farewell, "a peer reads what it was sent last after reading was ended") {
    on_worker(0, [&] { socket->shutdown_read(); });
    auto left = leave(fibercast::never);
    CHECK(peer.receive(8) == "farewell");
    for (int i = 0; i < 10; ++i) peer.send(some);
    CHECK_FALSE(peer.reads_until_reset());
    peer.close();
    CHECK_FALSE(left.get());
}

TEST_CASE_METHOD(with_farewell, "a peer that never ends is left after a time") {
    auto const start = std::chrono::steady_clock::now();
    auto left = leave(start + 100ms);
    SECTION("when it says nothing") { CHECK_FALSE(peer.reads_until_reset()); }
    SECTION("when it never stops sending") {
        auto const sends_for_ever = [&] {
            for (;;) peer.send(some);
        };
        CHECK_THROWS_AS(sends_for_ever(), std::system_error);
    }
    CHECK_FALSE(left.get());
    CHECK(std::chrono::steady_clock::now() >= start + 100ms);
}

TEST_CASE_METHOD(with_farewell, "a peer that sends more than it may is left") {
    auto left = leave(fibercast::never, 100'000);
    peer.send(std::string(99'999, 'x'));
    CHECK(left.wait_for(10ms) == std::future_status::timeout);
    peer.send("x");
    CHECK_FALSE(left.get());
}

TEST_CASE_METHOD(with_farewell, "a connection that is aborted is left at once") {
    auto left = leave(fibercast::never);
    CHECK(socket_waits());
    on_worker(0, [&] { socket->abort(); });
    CHECK_FALSE(left.get());
}

TEST_CASE_METHOD(with_farewell, "what a peer was sent last does not come together with the end") {
    pause = 50ms;
    auto const start = std::chrono::steady_clock::now();
    auto left = leave(fibercast::never);
    CHECK(peer.receive(8) == "farewell");
    CHECK(peer.receive_all().empty());
    // The kernel counts in ticks of 10 ms at most.
    CHECK(std::chrono::steady_clock::now() - start >= pause - 20ms);
    peer.close();
    CHECK_FALSE(left.get());
}
