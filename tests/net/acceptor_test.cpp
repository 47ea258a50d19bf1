#include "net/acceptor.hpp"
#include "net/loopback.hpp"
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
#include <optional>
#include <thread>
#include <vector>

using boost::asio::ip::tcp;
using fibercast::acceptor;
using fibercast::listening_socket;
using fibercast::worker;
using namespace std::chrono_literals;

namespace {

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
