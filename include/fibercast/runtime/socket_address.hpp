#pragma once

#include <fibercast/api.hpp>

#include <array>
#include <cstdint>
#include <iosfwd>
#include <string>

struct sockaddr;

namespace fibercast {

/// The IP address and port of one side of a connection; a small value. One that is default-made is
/// unknown.
class FIBERCAST_API socket_address {
public:
    socket_address() = default;

    /// Of another family than IPv4 and IPv6: unknown.
    explicit socket_address(sockaddr const& from) noexcept;

    /// `127.0.0.1`, `::1` or `fe80::1%2`; `-` when it is unknown.
    std::string ip() const;
    std::uint16_t port() const noexcept { return port_; }
    bool is_v6() const noexcept { return family_ == 6; }

    /// With the port, if it has one: `127.0.0.1:40312`, `[::1]:40312`; `-` when it is unknown.
    std::string text() const;

    bool operator==(socket_address const&) const = default;

private:
    std::array<unsigned char, 16> bytes_{};  // in the network's order; IPv4 has the first four
    std::uint32_t scope_ = 0;
    std::uint16_t port_ = 0;
    std::uint8_t family_ = 0;  // 4, 6, or 0: unknown
};

/// Writes its text.
FIBERCAST_API std::ostream& operator<<(std::ostream& to, socket_address const& address);

}  // namespace fibercast
