#include "net/acceptor.hpp"
#include "net/loopback.hpp"
#include "net/tcp_peer.hpp"
#include "support/open_descriptors.hpp"
#include "support/unique_fd.hpp"

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <limits>
#include <system_error>

using boost::asio::ip::tcp;
using fibercast::listening_socket;

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

TEST_CASE("of two sockets bound to a port, the second to listen is told") {
    listening_socket first(loopback(), {});
    listening_socket second(loopback(first.address().port()), {});
    first.listen();
    CHECK_THROWS_AS(second.listen(), std::system_error);
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
