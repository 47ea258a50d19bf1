#pragma once

#include <fibercast/runtime/socket_address.hpp>

#include <arpa/inet.h>
#include <netinet/in.h>

/// An address that nobody has: 192.0.2.1:4711.
inline fibercast::socket_address test_address() noexcept {
    sockaddr_in v4{};
    v4.sin_family = AF_INET;
    v4.sin_port = htons(4711);
    v4.sin_addr.s_addr = htonl(0xc0000201);
    return fibercast::socket_address(reinterpret_cast<sockaddr const&>(v4));
}
