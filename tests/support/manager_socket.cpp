#include "support/manager_socket.hpp"

#include "support/failure.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

manager_socket::manager_socket(std::string const& address)
    : fd_(checked(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket")) {
    sockaddr_in at{};
    socklen_t length = sizeof at;
    auto* const general = reinterpret_cast<sockaddr*>(&at);
    at.sin_family = AF_INET;
    if (::inet_pton(AF_INET, address.c_str(), &at.sin_addr) != 1) throw failure("no address");
    checked(::bind(fd_.get(), general, length), "bind");
    checked(::listen(fd_.get(), 16), "listen");
    checked(::getsockname(fd_.get(), general, &length), "getsockname");
    port_ = ntohs(at.sin_port);
}
