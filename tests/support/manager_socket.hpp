#pragma once

#include "support/unique_fd.hpp"

#include <cstdint>
#include <string>

/// A TCP socket that listens, as a service manager hands one over: it blocks, and stays open.
class manager_socket {
public:
    /// On a free port of the address, of IPv4.
    explicit manager_socket(std::string const& address = "127.0.0.1");

    int get() const noexcept { return fd_.get(); }
    std::uint16_t port() const noexcept { return port_; }

private:
    unique_fd fd_;
    std::uint16_t port_ = 0;
};
