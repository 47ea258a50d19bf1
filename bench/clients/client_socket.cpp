#include "clients/client_socket.hpp"

#include "process/failure.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>

namespace bench {
namespace {

constexpr std::uint32_t loopback_network = 127U << 24;
constexpr int connect_patience_ms = 5'000;

sockaddr_in socket_address(std::uint32_t host, std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(host);
    address.sin_port = htons(port);
    return address;
}

void set_option(unique_fd const& socket, int level, int name, int value) {
    ::setsockopt(socket.get(), level, name, &value, sizeof value);
}

}  // namespace

unique_fd connect_to(endpoint const& target, std::uint32_t source_host, reading_speed speed) {
    constexpr int type = SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC;
    unique_fd socket{checked(::socket(AF_INET, type, 0), "socket")};
    if (speed == reading_speed::slow) {
        // The segment size matters as much as the window: the sender's buffer grows with it.
        set_option(socket, SOL_SOCKET, SO_RCVBUF, 4096);
        set_option(socket, IPPROTO_TCP, TCP_MAXSEG, 536);
    }
    set_option(socket, IPPROTO_TCP, TCP_NODELAY, 1);
    if (source_host != 0 && target.is_loopback()) {
        // The port is chosen at connect(), when the whole 4-tuple is known: ports can be shared.
        set_option(socket, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, 1);
        auto const source = socket_address(loopback_network + source_host, 0);
        checked(::bind(socket.get(), reinterpret_cast<sockaddr const*>(&source), sizeof source),
                "bind");
    }
    auto const address = socket_address(target.address, target.port);
    int const result =
        ::connect(socket.get(), reinterpret_cast<sockaddr const*>(&address), sizeof address);
    if (result != 0 && errno != EINPROGRESS && errno != ECONNREFUSED) checked(result, "connect");
    return socket;
}

bool await_connected(int socket) {
    pollfd writable{socket, POLLOUT, 0};
    if (::poll(&writable, 1, connect_patience_ms) <= 0) return false;
    return (writable.revents & (POLLERR | POLLHUP)) == 0;
}

void close_with_reset(unique_fd& socket) noexcept {
    if (socket.get() < 0) return;
    linger const reset{1, 0};
    ::setsockopt(socket.get(), SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
    socket.reset();
}

}  // namespace bench
