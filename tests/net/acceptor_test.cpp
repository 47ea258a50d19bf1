#include "net/acceptor.hpp"
#include "net/tcp_peer.hpp"
#include "support/eventually.hpp"
#include "support/manager_socket.hpp"
#include "support/unique_fd.hpp"
#include "support/with_workers.hpp"

#include <fibercast/net/socket.hpp>
#include <fibercast/runtime/compact.hpp>
#include <fibercast/runtime/fiber_group.hpp>
#include <fibercast/runtime/sleep.hpp>

#include <boost/asio/write.hpp>

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <future>
#include <limits>
#include <optional>
#include <thread>
#include <vector>

using boost::asio::ip::tcp;
using fibercast::acceptor;
using fibercast::listening_socket;
using fibercast::worker;
using namespace std::chrono_literals;

namespace {

tcp::endpoint loopback(std::uint16_t port = 0) {
    return {boost::asio::ip::address_v4::loopback(), port};
}

int option(int fd, int level, int name) {
    int value = -1;
    socklen_t size = sizeof value;
    CHECK(::getsockopt(fd, level, name, &value, &size) == 0);
    return value;
}

class with_acceptor : protected with_workers {
protected:
    with_acceptor() {
        listening_socket listening(
            loopback(), {.user_timeout = 12'345ms, .unsent_limit = 54'321, .send_buffer = 32'768});
        address = loopback(listening.address().port());
        listening.listen();
        on_worker(0, [&] { accepting.emplace(listening); });
    }
    ~with_acceptor() {
        on_worker(0, [&] { accepting.reset(); });
    }

    tcp::endpoint address;
    std::optional<acceptor> accepting;
};

}  // namespace

TEST_CASE("a listening socket picks a free port and closes with its owner") {
    auto const before = open_descriptors();
    {
        listening_socket first(loopback(), {});
        listening_socket second(loopback(), {});
        CHECK(first.address().port() != 0);
        CHECK(first.address().ip() == "127.0.0.1");
        CHECK(first.address() != second.address());
    }
    CHECK(open_descriptors() == before);
}

TEST_CASE("listening where it is not possible throws and leaves nothing open") {
    listening_socket first(loopback(), {});
    first.listen();
    auto const taken = loopback(first.address().port());
    auto const before = open_descriptors();
    std::error_code why;
    try {
        listening_socket second(taken, {});
    } catch (std::system_error const& error) {
        why = error.code();
    }
    CHECK(why == std::errc::address_in_use);
    // An address of a documentation network, which no machine has.
    tcp::endpoint const not_ours(boost::asio::ip::make_address_v4("192.0.2.1"), 0);
    CHECK_THROWS_AS(listening_socket(not_ours, {}), std::system_error);
    CHECK(open_descriptors() == before);
}

TEST_CASE_METHOD(with_workers, "what the kernel holds for a peer that reads nothing is bounded") {
    constexpr std::size_t limit = 64 * 1024;
    listening_socket listening(loopback(), {.unsent_limit = limit});
    listening.listen();
    auto const address = loopback(listening.address().port());
    std::string const much(32 * 1024 * 1024, 'x');
    on_worker(0, [&] {
        acceptor accepting(listening);
        auto const peer = tcp_peer::connected_to(address);
        std::error_code error;
        fibercast::socket accepted(accepting.accept(error));
        accepted.expires_at(fibercast::after(1s));  // long after it waits
        boost::system::error_code failed;
        auto const written = boost::asio::write(accepted, boost::asio::buffer(much), failed);
        CHECK(failed == boost::asio::error::timed_out);
        CHECK(written < much.size());
        CHECK(accepted.unsent() > 0);
        CHECK(accepted.unsent() <= 2 * limit);  // the kernel counts in buffers of its own
    });
}

TEST_CASE_METHOD(with_acceptor, "a connection is waited for and accepted") {
    std::optional<tcp_peer> peer;
    std::promise<void> go_on;
    std::thread connecting([&] {
        go_on.get_future().wait();
        peer.emplace(tcp_peer::connected_to(address));
    });
    on_worker(0, [&] {
        std::error_code error;
        CHECK(accepting->accept(error) < 0);
        CHECK(error == std::errc::operation_would_block);
        go_on.set_value();
        CHECK_FALSE(accepting->wait());
        int const fd = accepting->accept(error);
        CHECK(fd >= 0);
        CHECK_FALSE(error);
        CHECK((::fcntl(fd, F_GETFL) & O_NONBLOCK) != 0);
        CHECK((::fcntl(fd, F_GETFD) & FD_CLOEXEC) != 0);
        CHECK(option(fd, IPPROTO_TCP, TCP_NODELAY) == 1);
        CHECK(option(fd, IPPROTO_TCP, TCP_USER_TIMEOUT) == 12'345);
        CHECK(option(fd, IPPROTO_TCP, TCP_NOTSENT_LOWAT) == 54'321);
        CHECK(option(fd, SOL_SOCKET, SO_SNDBUF) == 32'768);
        fibercast::socket accepted(fd);
        boost::system::error_code failed;
        CHECK(accepted.write_some(boost::asio::buffer("hi", 2), failed) == 2);
    });
    connecting.join();
    CHECK(peer->receive_all() == "hi");
}

TEST_CASE_METHOD(with_acceptor, "connections that have queued are accepted one after the other") {
    std::vector<tcp_peer> peers;
    for (int i = 0; i < 100; ++i) peers.push_back(tcp_peer::connected_to(address));
    on_worker(0, [&] {
        for (int i = 0; i < 100; ++i) {
            std::error_code error;
            int const fd = accepting->accept(error);
            CHECK(fd >= 0);
            ::close(fd);
        }
    });
}

TEST_CASE_METHOD(with_acceptor, "closing wakes who waits and ends accepting") {
    on_worker(0, [&] {
        std::error_code error;
        fibercast::fiber_group fibers(worker::current()->stacks());
        fibers.spawn([&] { error = accepting->wait(); });
        for (int i = 0; i < 10; ++i) fibercast::yield();
        accepting->close();
        accepting->close();
        fibers.join();
        CHECK(error == std::errc::operation_canceled);
        CHECK(accepting->accept(error) < 0);
        CHECK(error == std::errc::operation_canceled);
    });
    CHECK_THROWS_AS(tcp_peer::connected_to(address), std::system_error);
    listening_socket again(address, {});  // the port is free at once
}

TEST_CASE_METHOD(with_acceptor, "a compact fiber accepts what comes, until it is closed") {
    std::optional<fibercast::fiber_group> fibers;
    std::atomic<int> accepted = 0;
    std::error_code last;
    on_worker(0, [&] {
        fibers.emplace(worker::current()->stacks());
        fibers->spawn(fibercast::compact, [&] {
            do {
                unique_fd const one(accepting->accept(last));
                if (!last) ++accepted;
                if (last == std::errc::operation_would_block) last = accepting->wait();
            } while (!last);
        });
    });
    for (int i = 1; i <= 3; ++i) {
        auto const peer = tcp_peer::connected_to(address);
        CHECK(eventually([&] { return accepted == i; }));
    }
    on_worker(0, [&] {
        accepting->close();
        fibers->join();
        fibers.reset();
    });
    CHECK(last == std::errc::operation_canceled);
}

TEST_CASE_METHOD(with_acceptor,
                 "accepting without descriptors fails for want of resources and recovers") {
    auto const peer = tcp_peer::connected_to(address);
    rlimit before{};
    REQUIRE(::getrlimit(RLIMIT_NOFILE, &before) == 0);
    int const next = ::dup(peer.native_handle());  // the lowest number that is free
    ::close(next);
    rlimit const none_left{static_cast<rlim_t>(next), before.rlim_max};
    REQUIRE(::setrlimit(RLIMIT_NOFILE, &none_left) == 0);
    std::error_code error;
    CHECK(on_worker(0, [&] { return accepting->accept(error); }) < 0);
    ::setrlimit(RLIMIT_NOFILE, &before);
    CHECK(fibercast::out_of_resources(error));
    int const fd = on_worker(0, [&] { return accepting->accept(error); });
    CHECK(fd >= 0);
    ::close(fd);
}

TEST_CASE("only a lack of resources counts as one") {
    using fibercast::out_of_resources;
    CHECK(out_of_resources({EMFILE, std::system_category()}));
    CHECK(out_of_resources({ENFILE, std::system_category()}));
    CHECK(out_of_resources({ENOBUFS, std::system_category()}));
    CHECK(out_of_resources({ENOMEM, std::system_category()}));
    CHECK_FALSE(out_of_resources({ECANCELED, std::system_category()}));
    CHECK_FALSE(out_of_resources({}));
}

TEST_CASE("of two sockets bound to a port, the second to listen is told") {
    listening_socket first(loopback(), {});
    listening_socket second(loopback(first.address().port()), {});
    first.listen();
    CHECK_THROWS_AS(second.listen(), std::system_error);
}

TEST_CASE_METHOD(with_workers, "a socket that listens already is accepted from, by a copy") {
    manager_socket const original;
    on_worker(0, [&] {
        auto copy = listening_socket::copy_of(original.get(), {.unsent_limit = 54'321});
        CHECK(copy.address().port() == original.port());
        auto const queued = tcp_peer::connected_to(loopback(original.port()));
        copy.listen();
        acceptor accepting(copy);
        std::error_code error;
        unique_fd const accepted(accepting.accept(error));
        REQUIRE_FALSE(error);
        CHECK(option(accepted.get(), IPPROTO_TCP, TCP_NOTSENT_LOWAT) == 54'321);
        CHECK(option(accepted.get(), IPPROTO_TCP, TCP_NODELAY) != 0);
        CHECK(accepting.accept(error) < 0);  // at once
        CHECK(error == std::errc::operation_would_block);
    });
    CHECK(option(original.get(), SOL_SOCKET, SO_ACCEPTCONN) == 1);
    auto const copy = listening_socket::copy_of(original.get(), {});
    auto const later = tcp_peer::connected_to(loopback(original.port()));
}

TEST_CASE("what does not listen for TCP is not copied") {
    auto const before = open_descriptors();
    auto const why = [](int fd) {
        try {
            listening_socket::copy_of(fd, {});
        } catch (std::system_error const& error) {
            return error.code();
        }
        return std::error_code();
    };
    auto const made = [](int family, int type) { return unique_fd(::socket(family, type, 0)); };
    CHECK(why(made(AF_INET, SOCK_STREAM).get()) == std::errc::invalid_argument);
    CHECK(why(made(AF_INET, SOCK_DGRAM).get()) == std::errc::wrong_protocol_type);
    CHECK(why(made(AF_UNIX, SOCK_STREAM).get()) == std::errc::address_family_not_supported);
    CHECK(why(unique_fd(::open("/dev/null", O_RDONLY)).get()) == std::errc::not_a_socket);
    CHECK(why(-1) == std::errc::bad_file_descriptor);
    CHECK(open_descriptors() == before);
}

TEST_CASE("nobody can connect before the socket listens") {
    listening_socket bound(loopback(), {});
    auto const address = loopback(bound.address().port());
    CHECK_THROWS_AS(tcp_peer::connected_to(address), std::system_error);
    bound.listen();
    CHECK_NOTHROW(tcp_peer::connected_to(address));
}

TEST_CASE("options too large for the kernel are as large as can be") {
    listening_socket listening(loopback(), {.user_timeout = std::chrono::hours(24 * 365 * 100)});
    int const fd = listening.release();
    CHECK(option(fd, IPPROTO_TCP, TCP_USER_TIMEOUT) == std::numeric_limits<int>::max());
    CHECK(option(fd, IPPROTO_TCP, TCP_NOTSENT_LOWAT) == 128 * 1024);
    ::close(fd);
}
