#include "net/with_connection.hpp"

#include <fibercast/runtime/fiber_group.hpp>
#include <fibercast/runtime/sleep.hpp>

#include <array>
#include <atomic>
#include <chrono>
#include <thread>

namespace asio = boost::asio;
using boost::system::error_code;
using namespace std::chrono_literals;

TEST_CASE_METHOD(with_connection, "fibers that only yield do not keep another from its socket") {
    std::atomic<bool> got_it = false;
    auto reading = start([&] {
        std::array<char, 16> buffer;
        error_code error;
        auto const count = socket->read_some(asio::buffer(buffer), error);
        got_it = true;
        return count;
    });
    auto yielding = start([&] {
        while (!got_it) fibercast::yield();
    });
    CHECK(socket_waits());
    peer.send("x");
    CHECK(reading.get() == 1);
    yielding.get();
}

TEST_CASE_METHOD(with_connection,
                 "a peer that never stops sending does not keep other fibers from running") {
    std::atomic<bool> done = false;
    std::thread flood([&] {
        std::string const piece(64, 'x');
        while (!done) peer.send(piece);
        peer.shutdown_write();
    });
    auto reading = start([&] {
        std::array<char, 256> buffer;
        error_code error;
        while (!error) socket->read_some(asio::buffer(buffer), error);
    });
    on_worker(0, [] {
        for (int i = 0; i < 20; ++i) {
            fibercast::sleep_for(1ms);
            fibercast::yield();
        }
    });
    done = true;
    flood.join();
    reading.get();
}

TEST_CASE_METHOD(with_workers, "hundreds of connections of one worker talk at once") {
    constexpr int connections = 200;
    constexpr int rounds = 20;
    std::vector<std::pair<tcp_peer, int>> pairs;
    for (int i = 0; i < connections; ++i) pairs.push_back(connected_pair());
    std::atomic<int> ended = 0;
    on_worker(0, [&] {
        for (auto const& each : pairs) {
            fibercast::worker::current()->fibers().spawn([&ended, fd = each.second] {
                fibercast::socket echo(fd);
                std::array<char, 64> buffer;
                for (error_code error; !error;) {
                    auto const count = echo.read_some(asio::buffer(buffer), error);
                    if (!error) echo.write_some(asio::buffer(buffer, count), error);
                }
                ++ended;
            });
        }
    });
    bool echoed = true;
    for (int round = 0; round < rounds; ++round) {
        for (auto& each : pairs) each.first.send("ping");
        for (auto& each : pairs) echoed &= each.first.receive(4) == "ping";
    }
    CHECK(echoed);
    pairs.clear();
    CHECK(eventually([&] { return ended == connections; }));
}

TEST_CASE_METHOD(with_connection, "a socket that never has to wait lets other fibers run") {
    peer.send(std::string(2'000, 'x'));  // through loopback: it has arrived when this returns
    bool other_ran = false;
    auto reading = start([&] {
        fibercast::worker::current()->fibers().spawn([&] { other_ran = true; });
        for (int i = 0; i < 2'000; ++i) {
            char byte;
            error_code error;
            socket->read_some(asio::buffer(&byte, 1), error);
        }
        return other_ran;
    });
    CHECK(reading.get());
}
