#include "support/datagram_socket.hpp"

#include "support/failure.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <array>
#include <cstddef>

namespace {

unique_fd unix_socket() {
    return unique_fd(checked(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0), "socket"));
}

}  // namespace

datagram_socket::datagram_socket() : fd_(unix_socket()) {
    sockaddr_un address{};
    auto* const general = reinterpret_cast<sockaddr*>(&address);
    address.sun_family = AF_UNIX;
    checked(::bind(fd_.get(), general, sizeof address.sun_family), "bind");
    socklen_t length = sizeof address;
    checked(::getsockname(fd_.get(), general, &length), "getsockname");
    address_.assign(address.sun_path, length - offsetof(sockaddr_un, sun_path));
    address_.front() = '@';
}

datagram_socket::datagram_socket(std::string const& path) : fd_(unix_socket()), address_(path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path) throw failure("a path too long for a socket");
    path.copy(address.sun_path, path.size());
    checked(::bind(fd_.get(), reinterpret_cast<sockaddr*>(&address), sizeof address), "bind");
}

std::string datagram_socket::receive() {
    auto const text = receive_within(patience);
    if (!text) throw failure("no datagram came");
    return *text;
}

std::optional<std::string> datagram_socket::receive_within(std::chrono::milliseconds limit) {
    pollfd wanted{fd_.get(), POLLIN, 0};
    auto const time = static_cast<int>(limit.count());
    if (checked(TEMP_FAILURE_RETRY(::poll(&wanted, 1, time)), "poll") == 0) return std::nullopt;
    std::array<char, 4'096> bytes{};
    auto const count = checked(::recv(fd_.get(), bytes.data(), bytes.size(), 0), "recv");
    return std::string(bytes.data(), static_cast<std::size_t>(count));
}
