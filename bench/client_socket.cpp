#include "client_socket.hpp"

#include "failure.hpp"

#include <netinet/in.h>
#include <sys/socket.h>

namespace bench {
namespace {

sockaddr_in loopback(std::uint32_t host, std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl((127U << 24) + host);
    address.sin_port = htons(port);
    return address;
}

}  // namespace

unique_fd connect_from(std::uint32_t source_host, std::uint16_t port) {
    constexpr int type = SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC;
    unique_fd fd{checked(::socket(AF_INET, type, 0), "socket")};
    int const on = 1;
    // The port is chosen at connect(), when the whole 4-tuple is known: ports can be shared.
    ::setsockopt(fd.get(), IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
    auto const source = loopback(source_host, 0);
    auto const target = loopback(1, port);
    checked(::bind(fd.get(), reinterpret_cast<sockaddr const*>(&source), sizeof source), "bind");
    int const result =
        ::connect(fd.get(), reinterpret_cast<sockaddr const*>(&target), sizeof target);
    if (result != 0 && errno != EINPROGRESS) checked(result, "connect");
    return fd;
}

void close_with_reset(unique_fd& socket) noexcept {
    if (socket.get() < 0) return;
    linger const reset{1, 0};
    ::setsockopt(socket.get(), SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
    socket.reset();
}

}  // namespace bench
