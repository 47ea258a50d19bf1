#pragma once

#include "support/catch.hpp"

#include <boost/asio/ip/tcp.hpp>

#include <sys/socket.h>

#include <cstdint>

inline boost::asio::ip::tcp::endpoint loopback(std::uint16_t port = 0) {
    return {boost::asio::ip::address_v4::loopback(), port};
}

/// What a socket's option is.
inline int option(int fd, int level, int name) {
    int value = -1;
    socklen_t size = sizeof value;
    CHECK(::getsockopt(fd, level, name, &value, &size) == 0);
    return value;
}
