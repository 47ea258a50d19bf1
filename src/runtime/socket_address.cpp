#include <fibercast/runtime/socket_address.hpp>

#include <fmt/format.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <cstring>
#include <ostream>

namespace fibercast {

socket_address::socket_address(sockaddr const& from) noexcept {
    if (from.sa_family == AF_INET) {
        sockaddr_in v4;
        std::memcpy(&v4, &from, sizeof v4);
        std::memcpy(bytes_.data(), &v4.sin_addr, sizeof v4.sin_addr);
        port_ = ntohs(v4.sin_port);
        family_ = 4;
    } else if (from.sa_family == AF_INET6) {
        sockaddr_in6 v6;
        std::memcpy(&v6, &from, sizeof v6);
        std::memcpy(bytes_.data(), &v6.sin6_addr, sizeof v6.sin6_addr);
        scope_ = v6.sin6_scope_id;
        port_ = ntohs(v6.sin6_port);
        family_ = 6;
    }
}

std::string socket_address::ip() const {
    if (family_ == 0) return "-";
    std::array<char, INET6_ADDRSTRLEN> digits{};
    ::inet_ntop(is_v6() ? AF_INET6 : AF_INET, bytes_.data(), digits.data(), digits.size());
    return scope_ == 0 ? digits.data() : fmt::format("{}%{}", digits.data(), scope_);
}

std::string socket_address::text() const {
    if (port_ == 0) return ip();
    return is_v6() ? fmt::format("[{}]:{}", ip(), port_) : fmt::format("{}:{}", ip(), port_);
}

std::ostream& operator<<(std::ostream& to, socket_address const& address) {
    return to << address.text();
}

}  // namespace fibercast
