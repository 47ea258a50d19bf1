#include "clients/endpoint.hpp"

#include "clients/client_socket.hpp"
#include "process/failure.hpp"

#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <charconv>
#include <memory>

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

/// 0 for what is no port.
std::uint16_t port_in(std::string const& digits) {
    std::uint16_t port = 0;
    auto const* const end = digits.data() + digits.size();
    auto const [stop, error] = std::from_chars(digits.data(), end, port);
    return error == std::errc{} && stop == end ? port : std::uint16_t{0};
}

}  // namespace

endpoint parse_url(std::string const& url) {
    constexpr std::string_view scheme = "http://";
    auto rest = std::string_view(url);
    if (rest.starts_with(scheme)) rest.remove_prefix(scheme.size());
    std::string const authority(rest.substr(0, rest.find('/')));
    std::string const path(rest.substr(authority.size()));
    auto const host = authority.substr(0, authority.find(':'));
    bool const blank = url.find_first_of(" \t\r\n\v\f") != url.npos;
    if (rest.size() == url.size() || blank || host.empty())
        throw failure{fmt::format("'{}' is not a URL like http://127.0.0.1:8080/events", url)};
    std::uint16_t const port = host == authority ? 80 : port_in(authority.substr(host.size() + 1));
    if (port == 0) throw failure{fmt::format("no such port: '{}'", url)};
    return {host, look_up(host), port, path.empty() ? "/" : path};
}

std::string stream_request(endpoint const& target, std::string_view path, std::string_view fields) {
    return fmt::format("GET {} HTTP/1.1\r\nHost: {}:{}\r\nAccept: text/event-stream\r\n{}\r\n",
                       path, target.host, target.port, fields);
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
