#include "ip_bytes.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <string>

namespace fibercast {
namespace {

constexpr std::array<unsigned char, 12> before_v4{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

}  // namespace

std::optional<ip_bytes> ip_bytes_of(std::string_view text) noexcept {
    std::array<char, INET6_ADDRSTRLEN> ended{};
    if (text.size() >= ended.size() || text.find('\0') != text.npos) return std::nullopt;
    std::copy(text.begin(), text.end(), ended.begin());
    ip_bytes bytes{};
    if (::inet_pton(AF_INET6, ended.data(), bytes.data()) == 1) return bytes;
    std::copy(before_v4.begin(), before_v4.end(), bytes.begin());
    if (::inet_pton(AF_INET, ended.data(), bytes.data() + before_v4.size()) == 1) return bytes;
    return std::nullopt;
}

std::optional<ip_bytes> ip_bytes_of(socket_address const& address) {
    std::string const text = address.ip();
    return ip_bytes_of(std::string_view(text).substr(0, text.find('%')));
}

std::optional<ip_bytes> customer_of(socket_address const& address) {
    auto bytes = ip_bytes_of(address);
    if (bytes && !is_v4(*bytes)) std::fill(bytes->begin() + 8, bytes->end(), 0);
    return bytes;
}

bool is_v4(ip_bytes const& address) noexcept {
    return std::equal(before_v4.begin(), before_v4.end(), address.begin());
}

}  // namespace fibercast
