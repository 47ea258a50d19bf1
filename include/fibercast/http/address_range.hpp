#pragma once

#include <fibercast/api.hpp>
#include <fibercast/runtime/socket_address.hpp>

#include <array>
#include <string_view>

namespace fibercast {

/// Addresses with the same first bits, as CIDR writes them: `10.0.0.0/8`, `2001:db8::/32`; without a
/// length, one address. An IPv4 address that IPv6 carries (RFC 4291, section 2.5.5.2) is that
/// address.
class FIBERCAST_API address_range {
public:
    /// Throws `std::invalid_argument` when the text is no such range.
    explicit address_range(std::string_view cidr);

    /// No range has an unknown address.
    bool contains(socket_address const& address) const;

private:
    std::array<unsigned char, 16> first_;  // IPv4 as IPv6 carries it
    unsigned bits_;                        // of 128
};

}  // namespace fibercast
