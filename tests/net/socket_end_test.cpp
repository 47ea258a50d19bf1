#include "net/with_connection.hpp"

#include <boost/asio/error.hpp>
#include <boost/asio/write.hpp>

#include <array>
#include <string>

namespace asio = boost::asio;
using boost::system::error_code;

namespace {

/// Notes that it was closed.
struct target final : fibercast::closable {
    void close() noexcept override { ++times; }
    int times = 0;
};

error_code read_error(fibercast::socket& from) {
    std::array<char, 16> buffer;
    error_code error;
    from.read_some(asio::buffer(buffer), error);
    return error;
}

class with_target : protected with_connection {
protected:
    with_target() {
        on_worker(0, [&] { socket->close_when_ended(&watched); });
    }
    ~with_target() {
        on_worker(0, [&] { socket->close_when_ended(nullptr); });
    }

    bool closes() {
        return on_worker(0, [&] { return eventually([&] { return watched.times > 0; }); });
    }
    int times_closed() {
        return on_worker(0, [&] { return watched.times; });
    }

    target watched;
};

}  // namespace

TEST_CASE_METHOD(with_target, "a watcher is closed when the peer ends its side") {
    CHECK(times_closed() == 0);
    peer.shutdown_write();
    CHECK(closes());
}

TEST_CASE_METHOD(with_target, "a watcher is closed when the peer closes") {
    peer.close();
    CHECK(closes());
}

TEST_CASE_METHOD(with_target, "a watcher is closed when the peer resets the connection") {
    peer.reset();
    CHECK(closes());
}

TEST_CASE_METHOD(with_target, "a watcher is closed when reading is ended from here") {
    on_worker(0, [&] { socket->shutdown_read(); });
    CHECK(closes());
}

TEST_CASE_METHOD(with_target, "a watcher is closed when the connection is aborted from here") {
    on_worker(0, [&] { socket->abort(); });
    CHECK(closes());
}

TEST_CASE_METHOD(with_target, "a watcher is not closed by data") {
    peer.send("x");
    CHECK_FALSE(on_worker(0, [&] { return read_error(*socket); }));
    CHECK(times_closed() == 0);
}

TEST_CASE_METHOD(with_target, "a watcher that comes after the end is closed at once") {
    peer.shutdown_write();
    CHECK(closes());
    on_worker(0, [&] {
        target late;
        socket->close_when_ended(&late);
        CHECK(late.times == 1);
        socket->close_when_ended(nullptr);
    });
}

TEST_CASE_METHOD(with_target, "a watcher that was taken back is not closed") {
    on_worker(0, [&] { socket->close_when_ended(nullptr); });
    peer.shutdown_write();
    CHECK(on_worker(0, [&] { return read_error(*socket); }) == asio::error::eof);
    CHECK(times_closed() == 0);
}

TEST_CASE_METHOD(with_connection, "ending reading wakes a reader and keeps what has arrived") {
    auto pending = start([&] { return read_error(*socket); });
    CHECK(socket_waits());
    on_worker(0, [&] { socket->shutdown_read(); });
    CHECK(pending.get() == asio::error::eof);
    on_worker(0, [&] {
        error_code error;
        CHECK(asio::write(*socket, asio::buffer("still here", 10), error) == 10);
    });
    CHECK(peer.receive(10) == "still here");
}

TEST_CASE_METHOD(with_connection, "what arrived before reading was ended can be read") {
    peer.send("x");
    on_worker(0, [&] {
        std::array<char, 4> buffer;
        error_code error;
        CHECK(socket->read_some(asio::buffer(buffer, 0), error) == 0);
        CHECK(eventually([&] {  // it has arrived
            socket->expires_at(fibercast::deadline{});
            return socket->read_some(asio::buffer(buffer), error) == 1;
        }));
    });
    peer.send("y");
    peer.shutdown_write();
    on_worker(0, [&] {
        socket->expires_at(fibercast::never);
        CHECK_FALSE(read_error(*socket));
        socket->shutdown_read();
        CHECK(read_error(*socket) == asio::error::eof);
    });
}

TEST_CASE_METHOD(with_connection, "ending writing tells the peer") {
    on_worker(0, [&] { socket->shutdown_write(); });
    CHECK(peer.receive_all().empty());
    peer.send("x");
    CHECK_FALSE(on_worker(0, [&] { return read_error(*socket); }));
}

TEST_CASE_METHOD(with_connection, "aborting wakes a blocked reader") {
    auto pending = start([&] { return read_error(*socket); });
    CHECK(socket_waits());
    on_worker(0, [&] { socket->abort(); });
    CHECK(pending.get());
}

TEST_CASE_METHOD(with_connection, "aborting wakes a blocked writer") {
    std::string const large(16 * 1024 * 1024, 'x');
    auto pending = start([&] {
        error_code error;
        asio::write(*socket, asio::buffer(large), error);
        return error;
    });
    CHECK(socket_waits());
    on_worker(0, [&] { socket->abort(); });
    CHECK(pending.get());
}

TEST_CASE_METHOD(with_connection, "what an aborted peer has not taken leaves the kernel at once") {
    auto pending = start([&] {
        error_code error;
        asio::write(*socket, asio::buffer(std::string(16 * 1024 * 1024, 'x')), error);
    });
    CHECK(socket_waits());
    on_worker(0, [&] { socket->abort(); });
    pending.get();
    on_worker(0, [&] { socket.reset(); });
    CHECK(peer.reads_until_reset());
}

TEST_CASE_METHOD(with_connection, "what a peer has not taken in time leaves the kernel, too") {
    on_worker(0, [&] {
        error_code error;
        socket->expires_at(fibercast::after(std::chrono::milliseconds(20)));
        asio::write(*socket, asio::buffer(std::string(16 * 1024 * 1024, 'x')), error);
        CHECK(error == asio::error::timed_out);
        socket.reset();
    });
    CHECK(peer.reads_until_reset());
}
