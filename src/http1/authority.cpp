#include "authority.hpp"

#include "http/percent.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

namespace fibercast {
namespace {

bool is_name(std::string_view text) noexcept {
    return !text.empty() && is_percent_encoded(text) &&
           std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      std::string_view("-._~%").find(c) != std::string_view::npos;
           });
}

/// Without the brackets.
bool is_ipv6(std::string_view text) noexcept {
    std::array<char, INET6_ADDRSTRLEN> terminated{};
    if (text.size() >= terminated.size()) return false;
    std::copy(text.begin(), text.end(), terminated.begin());
    in6_addr address;
    return ::inet_pton(AF_INET6, terminated.data(), &address) == 1;
}

bool is_port(std::string_view text) noexcept {
    if (text.empty()) return true;
    std::uint16_t port = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
    return error == std::errc() && end == text.data() + text.size();
}

}  // namespace

bool is_authority(std::string_view text) noexcept {
    auto const bracket = text.starts_with('[') ? text.find(']') : 0;
    if (bracket == text.npos) return false;
    auto const colon = std::min(text.find(':', bracket), text.size());
    auto const host = text.substr(0, colon);
    bool const valid = bracket == 0
                           ? is_name(host)
                           : host.size() == bracket + 1 && is_ipv6(host.substr(1, bracket - 1));
    return valid && is_port(text.substr(std::min(colon + 1, text.size())));
}

}  // namespace fibercast
