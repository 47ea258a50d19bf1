#pragma once

#include <fibercast/runtime/socket_address.hpp>

#include <arpa/inet.h>
#include <netinet/in.h>

#include <stdexcept>
#include <string>

/// The address with this text, and a port that does not matter.
inline fibercast::socket_address some_address(std::string const& ip) {
    sockaddr_in6 v6{};
    v6.sin6_family = AF_INET6;
    v6.sin6_port = htons(4711);
    if (::inet_pton(AF_INET6, ip.c_str(), &v6.sin6_addr) == 1)
        return fibercast::socket_address(reinterpret_cast<sockaddr const&>(v6));
    sockaddr_in v4{};
    v4.sin_family = AF_INET;
    v4.sin_port = htons(4711);
    if (::inet_pton(AF_INET, ip.c_str(), &v4.sin_addr) != 1) throw std::invalid_argument(ip);
    return fibercast::socket_address(reinterpret_cast<sockaddr const&>(v4));
}
