#include "net/tcp_peer.hpp"

#include "support/connect_socket.hpp"

#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <limits>
#include <system_error>

namespace {

using boost::asio::ip::tcp;

int checked(int result, char const* what) {
    if (result < 0) throw std::system_error(errno, std::system_category(), what);
    return result;
}

tcp::endpoint bound_address(int fd) {
    tcp::endpoint address;
    auto length = static_cast<socklen_t>(address.capacity());
    checked(::getsockname(fd, address.data(), &length), "getsockname");
    return address;
}

}  // namespace

tcp_peer::tcp_peer(int fd) : fd_(fd) {
    timeval const long_time{.tv_sec = 30, .tv_usec = 0};
    checked(::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &long_time, sizeof long_time),
            "SO_RCVTIMEO");
    checked(::setsockopt(fd_, SOL_SOCKET, SO_SNDTIMEO, &long_time, sizeof long_time),
            "SO_SNDTIMEO");
}

tcp_peer::~tcp_peer() { close(); }

tcp_peer tcp_peer::connected_to(tcp::endpoint const& address, int receive_buffer) {
    tcp_peer peer(
        checked(::socket(address.protocol().family(), SOCK_STREAM | SOCK_CLOEXEC, 0), "socket"));
    if (receive_buffer != 0)
        checked(::setsockopt(peer.fd_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof(int)),
                "SO_RCVBUF");
    if (!connect_socket(peer.fd_, address.data(), static_cast<socklen_t>(address.size())))
        throw std::system_error(errno, std::system_category(), "connect");
    return peer;
}

tcp::endpoint tcp_peer::address() const { return bound_address(fd_); }

void tcp_peer::send(std::string_view bytes) {
    while (!bytes.empty()) {
        auto const count =
            TEMP_FAILURE_RETRY(::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL));
        if (count < 0) throw std::system_error(errno, std::system_category(), "send");
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
}

std::string tcp_peer::receive(std::size_t count) {
    std::string all;
    char buffer[4096];
    while (all.size() < count) {
        auto const got =
            TEMP_FAILURE_RETRY(::recv(fd_, buffer, std::min(sizeof buffer, count - all.size()), 0));
        if (got < 0) throw std::system_error(errno, std::system_category(), "recv");
        if (got == 0) break;
        all.append(buffer, static_cast<std::size_t>(got));
    }
    return all;
}

std::string tcp_peer::receive_all() { return receive(std::numeric_limits<std::size_t>::max()); }

bool tcp_peer::reads_until_reset() {
    char buffer[4096];
    ssize_t got = 0;
    do {
        got = TEMP_FAILURE_RETRY(::recv(fd_, buffer, sizeof buffer, 0));
    } while (got > 0);
    return got < 0 && errno == ECONNRESET;
}

void tcp_peer::shutdown_write() { checked(::shutdown(fd_, SHUT_WR), "shutdown"); }

void tcp_peer::close() {
    if (fd_ >= 0) ::close(std::exchange(fd_, -1));
}

void tcp_peer::reset() {
    linger const at_once{.l_onoff = 1, .l_linger = 0};
    checked(::setsockopt(fd_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once), "SO_LINGER");
    close();
}

std::pair<tcp_peer, int> connected_pair(int receive_buffer) {
    int const listening = checked(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket");
    tcp::endpoint const any(boost::asio::ip::address_v4::loopback(), 0);
    checked(::bind(listening, any.data(), static_cast<socklen_t>(any.size())), "bind");
    checked(::listen(listening, 1), "listen");
    auto peer = tcp_peer::connected_to(bound_address(listening), receive_buffer);
    int const other =
        checked(::accept4(listening, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC), "accept");
    ::close(listening);
    return {std::move(peer), other};
}
