#include <fibercast/http/address_range.hpp>

#include "ip_bytes.hpp"

#include <charconv>
#include <stdexcept>
#include <string>

namespace fibercast {
namespace {

constexpr unsigned bits_before_v4 = 96;

[[noreturn]] void refuse(std::string_view cidr) {
    throw std::invalid_argument("no range of addresses, such as 10.0.0.0/8: '" + std::string(cidr) +
                                "'");
}

}  // namespace

address_range::address_range(std::string_view cidr) {
    auto const slash = cidr.find('/');
    auto const first = ip_bytes_of(cidr.substr(0, slash));
    if (!first) refuse(cidr);
    first_ = *first;
    bits_ = 128;
    if (slash == cidr.npos) return;
    auto const length = cidr.substr(slash + 1);
    auto const* const end = length.data() + length.size();
    auto const read = std::from_chars(length.data(), end, bits_);
    bool const v4 = cidr.substr(0, slash).find(':') == cidr.npos;
    if (read.ec != std::errc() || read.ptr != end || bits_ > (v4 ? 32 : 128)) refuse(cidr);
    if (v4) bits_ += bits_before_v4;
}

bool address_range::contains(socket_address const& address) const {
    auto const bytes = ip_bytes_of(address);
    if (!bytes) return false;
    for (unsigned bit = 0; bit < bits_; bit += 8) {
        unsigned const compared = bits_ - bit >= 8 ? 0xffU : 0xffU << (8 - (bits_ - bit));
        if ((((*bytes)[bit / 8] ^ first_[bit / 8]) & compared & 0xffU) != 0) return false;
    }
    return true;
}

}  // namespace fibercast
