#include <fibercast/http/forwarded.hpp>

#include "ip_bytes.hpp"
#include "trimmed.hpp"

#include <netinet/in.h>

#include <algorithm>
#include <cstring>
#include <optional>
#include <string_view>
#include <vector>

namespace fibercast {
namespace {

/// Some proxies write the port too: `192.0.2.1:4711`, `[2001:db8::1]:4711`.
std::string_view without_port(std::string_view hop) noexcept {
    if (hop.starts_with('[')) return hop.substr(1, std::min(hop.find(']'), hop.size()) - 1);
    auto const colon = hop.find(':');
    return colon == hop.rfind(':') ? hop.substr(0, colon) : hop;
}

std::optional<socket_address> address_of(std::string_view hop) noexcept {
    auto const bytes = ip_bytes_of(without_port(trimmed(hop)));
    if (!bytes) return std::nullopt;
    if (is_v4(*bytes)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        std::memcpy(&address.sin_addr, bytes->data() + 12, 4);
        return socket_address(reinterpret_cast<sockaddr const&>(address));
    }
    sockaddr_in6 address{};
    address.sin6_family = AF_INET6;
    std::memcpy(&address.sin6_addr, bytes->data(), bytes->size());
    return socket_address(reinterpret_cast<sockaddr const&>(address));
}

}  // namespace

socket_address client_address(request const& asked, std::span<address_range const> trusted) {
    auto const is_trusted = [&](socket_address const& address) {
        return std::any_of(trusted.begin(), trusted.end(),
                           [&](auto const& each) { return each.contains(address); });
    };
    auto known = asked.peer();
    if (!is_trusted(known)) return known;
    std::vector<std::string_view> lines;
    for (auto const& each : asked.fields())
        if (equal_ignoring_case(each.name, "X-Forwarded-For")) lines.emplace_back(each.value);
    for (; !lines.empty(); lines.pop_back()) {
        for (std::string_view rest = lines.back();;) {
            auto const comma = rest.rfind(',');
            auto const hop = address_of(comma == rest.npos ? rest : rest.substr(comma + 1));
            if (!hop) return known;
            known = *hop;
            if (!is_trusted(known)) return known;
            if (comma == rest.npos) break;
            rest = rest.substr(0, comma);
        }
    }
    return known;
}

}  // namespace fibercast
