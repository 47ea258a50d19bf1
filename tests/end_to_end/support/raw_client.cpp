#include "raw_client.hpp"

#include "support/connect_socket.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace end_to_end {
namespace {

unique_fd connected(std::uint16_t port) {
    unique_fd fd(checked(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket"));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (!connect_socket(fd.get(), reinterpret_cast<sockaddr const*>(&address), sizeof address))
        checked(-1, "connect");
    return fd;
}

}  // namespace

raw_client::raw_client(std::uint16_t port)
    : fd_(connected(port)), input_(fd_.get(), "the connection") {}

void raw_client::send(std::string_view text) {
    while (!text.empty()) {
        auto const count =
            checked(::send(fd_.get(), text.data(), text.size(), MSG_NOSIGNAL), "send");
        text.remove_prefix(static_cast<std::size_t>(count));
    }
}

void raw_client::reset() {
    linger const at_once{1, 0};
    checked(::setsockopt(fd_.get(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once), "SO_LINGER");
    fd_.reset();
}

raw_client never_reading(std::uint16_t port) {
    raw_client client(port);
    client.send(stream_request);
    return client;
}

}  // namespace end_to_end
