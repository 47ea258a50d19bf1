#include "clients/endpoint.hpp"

#include "clients/client_socket.hpp"
#include "process/failure.hpp"

#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <charconv>
#include <memory>
#include <regex>

namespace bench {
namespace {

std::uint32_t look_up(std::string const& host) {
    addrinfo hints{};
    hints.ai_family = AF_INET;
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (int const error = ::getaddrinfo(host.c_str(), nullptr, &hints, &found); error != 0)
        throw failure{fmt::format("no IPv4 address for '{}': {}", host, ::gai_strerror(error))};
    std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> const owner{found, &::freeaddrinfo};
    return ntohl(reinterpret_cast<sockaddr_in const*>(found->ai_addr)->sin_addr.s_addr);
}

}  // namespace

endpoint parse_url(std::string const& url) {
    static std::regex const form{R"(http://([^/:\s]+)(?::(\d{1,5}))?(/\S*)?)"};
    std::smatch parts;
    if (!std::regex_match(url, parts, form))
        throw failure{fmt::format("'{}' is not a URL like http://127.0.0.1:8080/events", url)};
    unsigned port = 80;
    if (auto const digits = parts[2].str(); !digits.empty())
        std::from_chars(digits.data(), digits.data() + digits.size(), port);
    if (port == 0 || port > UINT16_MAX) throw failure{fmt::format("no such port: '{}'", url)};
    auto const host = parts[1].str();
    auto const path = parts[3].str();
    return {host, look_up(host), static_cast<std::uint16_t>(port), path.empty() ? "/" : path};
}

std::uint16_t bind_to_free_port(int socket) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const generic = reinterpret_cast<sockaddr*>(&address);
    checked(::bind(socket, generic, size), "bind");
    checked(::getsockname(socket, generic, &size), "getsockname");
    return ntohs(address.sin_port);
}

std::uint16_t find_free_port() {
    unique_fd const probe{checked(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket")};
    return bind_to_free_port(probe.get());
}

bool accepts_connections(endpoint const& target) {
    auto socket = connect_to(target);
    bool const connected = await_connected(socket.get());
    close_with_reset(socket);
    return connected;
}

}  // namespace bench
