#include "admin_address.hpp"

#include "app/text/number.hpp"
#include "http/escape.hpp"

#include <fibercast/runtime/socket_address.hpp>

#include <fmt/format.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <stdexcept>

namespace fibercast::app {
namespace {

enum class reach { none, loopback, wider };

/// Whom an address is for; `none`: it is neither an address nor `localhost`.
reach reach_of(std::string const& host, bool bracketed) {
    in6_addr v6;
    if (bracketed) {
        if (::inet_pton(AF_INET6, host.c_str(), &v6) != 1) return reach::none;
        return IN6_IS_ADDR_LOOPBACK(&v6) ? reach::loopback : reach::wider;
    }
    if (host == "localhost") return reach::loopback;
    in_addr v4;
    if (::inet_pton(AF_INET, host.c_str(), &v4) != 1) return reach::none;
    return ntohl(v4.s_addr) >> 24 == 127 ? reach::loopback : reach::wider;
}

/// Unknown when it is no socket with such an address.
socket_address address_of(int socket) noexcept {
    sockaddr_storage bound{};
    socklen_t length = sizeof bound;
    auto* const general = reinterpret_cast<sockaddr*>(&bound);
    return ::getsockname(socket, general, &length) == 0 ? socket_address(*general)
                                                        : socket_address();
}

}  // namespace

std::string admin_address::text() const {
    bool const v6 = host.find(':') != host.npos;
    return v6 ? fmt::format("[{}]:{}", host, port) : fmt::format("{}:{}", host, port);
}

std::variant<admin_address, std::string> parse_admin_address(std::string_view text) {
    auto const colon = text.rfind(':');
    auto host = text.substr(0, colon);
    bool const bracketed = host.starts_with('[') && host.ends_with(']') && host.size() > 1;
    if (bracketed) host = host.substr(1, host.size() - 2);
    auto const port = colon == text.npos
                          ? std::nullopt
                          : parse_number<std::uint16_t>(text.substr(colon + 1), 0, 65'535);
    auto const reached = reach_of(std::string(host), bracketed);
    if (!port || reached == reach::none)
        return fmt::format(
            "{} is no address with a port, such as 127.0.0.1:8081 or [::1]:8081, "
            "nor off",
            in_quotes(text));
    if (reached == reach::wider)
        return fmt::format(
            "{} can be reached from other machines, and everybody who reaches the "
            "admin address may do everything",
            in_quotes(text));
    return admin_address{std::string(host), *port};
}

void require_loopback(std::vector<int> const& sockets) {
    for (int const each : sockets) {
        auto const address = address_of(each);
        if (address == socket_address()) continue;  // nobody can listen on it
        auto const parsed = parse_admin_address(address.text());
        if (auto const* const wrong = std::get_if<std::string>(&parsed))
            throw std::invalid_argument("the socket for operators: " + *wrong);
    }
}

}  // namespace fibercast::app
