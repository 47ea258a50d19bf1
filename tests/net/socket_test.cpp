#include "net/with_connection.hpp"

#include <fibercast/runtime/fiber_group.hpp>
#include <fibercast/runtime/sleep.hpp>

#include <boost/asio/error.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/stream_traits.hpp>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <array>
#include <chrono>
#include <future>
#include <string>
#include <thread>
#include <vector>

namespace asio = boost::asio;
using fibercast::after;
using namespace std::chrono_literals;
using boost::system::error_code;

static_assert(boost::beast::is_sync_read_stream<fibercast::socket>::value);
static_assert(boost::beast::is_sync_write_stream<fibercast::socket>::value);

namespace {

struct read_result {
    std::string text;
    error_code error;
};

read_result read(fibercast::socket& from) {
    std::array<char, 4096> buffer;
    read_result result;
    auto const count = from.read_some(asio::buffer(buffer), result.error);
    result.text.assign(buffer.data(), count);
    return result;
}

}  // namespace

TEST_CASE_METHOD(with_connection, "what a peer sends is read and what is written it receives") {
    auto echoed = start([&] {
        std::size_t total = 0;
        for (;;) {
            auto const got = read(*socket);
            if (got.error) {
                socket->shutdown_write();
                return std::pair(total, got.error);
            }
            error_code error;
            total += asio::write(*socket, asio::buffer(got.text), error);
        }
    });
    std::size_t total = 0;
    for (std::size_t const size : {1u, 2u, 100u, 4'096u, 5'000u, 40'000u}) {
        std::string const sent(size, static_cast<char>('a' + size % 26));
        peer.send(sent);
        CHECK(peer.receive(size) == sent);
        total += size;
    }
    peer.shutdown_write();
    CHECK(peer.receive_all().empty());
    CHECK(echoed.get() == std::pair(total, error_code(asio::error::eof)));
}

TEST_CASE_METHOD(with_connection, "a read waits for data") {
    auto pending = start([&] { return read(*socket); });
    CHECK(socket_waits());
    peer.send("hello");
    auto const result = pending.get();
    CHECK_FALSE(result.error);
    CHECK(result.text == "hello");
}

TEST_CASE_METHOD(with_connection, "a read gives up at its deadline and can be tried again") {
    auto const result = on_worker(0, [&] {
        auto const until = after(10ms);
        socket->expires_at(until);
        auto const timed_out = read(*socket);
        CHECK(std::chrono::steady_clock::now() >= until);
        socket->expires_at(fibercast::never);
        return timed_out;
    });
    CHECK(result.error == asio::error::timed_out);
    peer.send("late");
    CHECK(on_worker(0, [&] { return read(*socket); }).text == "late");
}

TEST_CASE_METHOD(with_connection,
                 "a deadline that has passed does not keep from reading what is there") {
    peer.send("there");
    peer.shutdown_write();
    on_worker(0, [&] {
        CHECK(read(*socket).text == "there");
        socket->expires_at(fibercast::deadline{});
        CHECK(read(*socket).error == asio::error::eof);
    });
}

TEST_CASE_METHOD(with_connection, "a reset ends a read that waits") {
    auto pending = start([&] { return read(*socket); });
    CHECK(socket_waits());
    peer.reset();
    CHECK(pending.get().error == asio::error::connection_reset);
}

TEST_CASE_METHOD(with_connection, "writing to a peer that is gone is an error and no signal") {
    peer.reset();
    auto const error = on_worker(0, [&] {
        error_code failed;
        CHECK(eventually([&] {
            socket->write_some(asio::buffer("x", 1), failed);
            return failed.failed();
        }));
        socket->write_some(asio::buffer("x", 1), failed);
        return failed;
    });
    CHECK((error == asio::error::broken_pipe || error == asio::error::connection_reset));
}

TEST_CASE_METHOD(with_connection,
                 "a large write goes on while a slow reader takes it piece by piece") {
    std::string large(16 * 1024 * 1024, '\0');
    for (std::size_t i = 0; i < large.size(); ++i) large[i] = static_cast<char>(i * 31 >> 7);
    auto pending = start([&] {
        error_code error;
        auto const written = asio::write(*socket, asio::buffer(large), error);
        socket->shutdown_write();
        return std::pair(written, error);
    });
    CHECK(socket_waits());
    std::string received;
    while (received.size() < large.size()) {
        auto const piece =
            peer.receive(std::min<std::size_t>(777'777, large.size() - received.size()));
        if (piece.empty()) break;
        received += piece;
    }
    CHECK(pending.get() == std::pair(large.size(), error_code()));
    CHECK((received == large));  // not printed
}

TEST_CASE_METHOD(with_workers, "a peer that takes a little at a time is not given up; then it is") {
    auto [peer, fd] = connected_pair(4096);
    int const milliseconds = 2'000;
    REQUIRE(::setsockopt(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, &milliseconds, sizeof(int)) == 0);
    std::promise<error_code> ended;
    auto failed = ended.get_future();
    pool()[0].post([&, fd = fd] {
        fibercast::worker::current()->fibers().spawn([&, fd] {
            fibercast::socket socket(fd);
            std::string const large(16 * 1024 * 1024, 'x');
            error_code error;
            asio::write(socket, asio::buffer(large), error);
            ended.set_value(error);
        });
    });
    // Its window never opens wide: the kernel alone would cut it two seconds after its first probe.
    for (auto const end = after(4s); std::chrono::steady_clock::now() < end;) {
        CHECK(peer.receive(1'000).size() == 1'000);
        REQUIRE(failed.wait_for(100ms) == std::future_status::timeout);
    }
    CHECK(failed.get() == asio::error::timed_out);
}

TEST_CASE_METHOD(with_workers,
                 "a peer that was waited for and has taken all is the kernel's again") {
    auto [peer, fd] = connected_pair(4096);
    int const milliseconds = 60'000;
    REQUIRE(::setsockopt(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, &milliseconds, sizeof(int)) == 0);
    auto const of_kernel = [fd = fd] {
        int value = -1;
        socklen_t size = sizeof value;
        CHECK(::getsockopt(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, &value, &size) == 0);
        return value;
    };
    constexpr std::size_t large = 16 * 1024 * 1024;
    std::promise<void> waits;  // or a fast reader has taken all before it is looked at
    auto reading = std::async(std::launch::async, [&, peer = std::move(peer)]() mutable {
        waits.get_future().wait();
        peer.receive(large + 1);
        peer.receive_all();
    });
    on_worker(0, [&, fd = fd] {
        fibercast::socket socket(fd);
        error_code error;
        fibercast::fiber_group fibers(fibercast::worker::current()->stacks());
        fibers.spawn([&] { asio::write(socket, asio::buffer(std::string(large, 'x')), error); });
        while (of_kernel() != 0) fibercast::sleep_for(1ms);
        waits.set_value();
        fibers.join();
        CHECK_FALSE(error);
        while (socket.unsent() != 0) fibercast::sleep_for(1ms);
        asio::write(socket, asio::buffer("y", 1), error);
        CHECK_FALSE(error);
        CHECK(of_kernel() == milliseconds);
    });
    reading.get();
}

TEST_CASE_METHOD(with_connection, "a write gives up at its deadline") {
    std::string const large(16 * 1024 * 1024, 'x');
    auto const error = on_worker(0, [&] {
        socket->expires_at(after(20ms));
        error_code failed;
        auto const written = asio::write(*socket, asio::buffer(large), failed);
        CHECK(written > 0);
        CHECK(written < large.size());
        return failed;
    });
    CHECK(error == asio::error::timed_out);
}

TEST_CASE_METHOD(with_connection, "many buffers are written in order") {
    std::vector<std::string> texts;
    std::string all;
    for (int i = 0; i < 100; ++i) all += texts.emplace_back(std::to_string(i));
    texts.insert(texts.begin() + 50, "");
    std::vector<asio::const_buffer> buffers;
    for (auto const& each : texts) buffers.push_back(asio::buffer(each));
    on_worker(0, [&] {
        error_code error;
        CHECK(asio::write(*socket, buffers, error) == all.size());
        CHECK_FALSE(error);
    });
    CHECK(peer.receive(all.size()) == all);
}

TEST_CASE_METHOD(with_connection, "reading into nothing and writing nothing do not wait") {
    on_worker(0, [&] {
        error_code error = asio::error::eof;
        CHECK(socket->read_some(asio::mutable_buffer(), error) == 0);
        CHECK_FALSE(error);
        CHECK(socket->write_some(asio::const_buffer(), error) == 0);
        CHECK_FALSE(error);
        CHECK(socket->write_some(std::vector<asio::const_buffer>(), error) == 0);
        CHECK_FALSE(error);
    });
}

TEST_CASE_METHOD(with_connection, "the forms without an error code throw") {
    peer.send("x");
    on_worker(0, [&] {
        std::array<char, 4> buffer;
        CHECK(socket->read_some(asio::buffer(buffer)) == 1);
        CHECK(socket->write_some(asio::buffer("y", 1)) == 1);
        socket->expires_at(fibercast::deadline{});
        CHECK_THROWS_AS(socket->read_some(asio::buffer(buffer)), boost::system::system_error);
    });
    CHECK(peer.receive(1) == "y");
}

TEST_CASE_METHOD(with_connection, "a socket knows how long its peer takes to acknowledge") {
    auto const time = on_worker(0, [&] { return socket->round_trip_time(); });
    CHECK(time.count() > 0);  // of the handshake
}

TEST_CASE_METHOD(with_connection, "a socket knows its peer and what it has not acknowledged") {
    auto const address = on_worker(0, [&] { return socket->peer(); });
    CHECK(address.text() == "127.0.0.1:" + std::to_string(peer.address().port()));
    std::string const large(16 * 1024 * 1024, 'x');
    auto pending = start([&] {
        error_code error;
        return asio::write(*socket, asio::buffer(large), error);
    });
    CHECK(socket_waits());
    CHECK(on_worker(0, [&] { return socket->unsent(); }) > 0);
    CHECK(peer.receive(large.size()).size() == large.size());
    CHECK(pending.get() == large.size());
    CHECK(on_worker(0, [&] { return eventually([&] { return socket->unsent() == 0; }); }));
}
