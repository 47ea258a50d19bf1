#include "pattern_encoding.hpp"

#include "host.hpp"
#include "path.hpp"
#include "percent_encode.hpp"

#include "http/percent.hpp"

#include <fibercast/url/url.hpp>

#include <algorithm>
#include <cstddef>
#include <stdexcept>

namespace fibercast {
namespace {

std::string protocol(std::string_view text) {
    auto const dummy = parse_url(std::string(text) + "://dummy.invalid/");
    if (!dummy) throw std::invalid_argument("a protocol that is none");
    return dummy->scheme;
}

std::string hostname(std::string_view text) {
    // As for the standard's host parser, that is the end of it.
    auto const host = parse_host(text.substr(0, text.find_first_of("/?#\\")), true);
    if (!host) throw std::invalid_argument("a host that is none");
    return *host;
}

/// Pieces of an address in brackets, which need not be one by themselves.
std::string ipv6_hostname(std::string_view text) {
    std::string made;
    for (char const c : text) {
        if (hex_digit(c) < 0 && c != '[' && c != ']' && c != ':')
            throw std::invalid_argument("an IPv6 address that is none");
        made += c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return made;
}

std::string port(std::string_view text) {
    unsigned value = 0;
    std::size_t digits = 0;
    for (; digits < text.size() && text[digits] >= '0' && text[digits] <= '9'; ++digits) {
        value = value * 10 + static_cast<unsigned>(text[digits] - '0');
        if (value > 0xffff) break;
    }
    if (digits == 0 || value > 0xffff) throw std::invalid_argument("a port that is none");
    return std::to_string(value);
}

/// A piece of a path: one without a '/' first continues the segment before it.
std::string pathname(std::string_view text) {
    constexpr std::string_view before = "/\x01";  // which no encoded text has in it
    auto const slash = std::min(text.find_first_of("/\\"), text.size());
    std::string made(slash == 0 ? "" : before);
    auto const head = percent_encoded(text.substr(0, slash), percent_set::path);
    if (slash < text.size()) append_segments(made, text.substr(slash + 1), true);
    if (slash == 0) return made;
    if (!made.starts_with(before))
        throw std::invalid_argument("a '..' that would take a group's segment away");
    return head + made.substr(before.size());
}

}  // namespace

std::string encoded_for(component_kind component, std::string_view text) {
    if (text.empty()) return {};
    switch (component) {
    case component_kind::protocol: return protocol(text);
    case component_kind::username:
    case component_kind::password: return percent_encoded(text, percent_set::userinfo);
    case component_kind::hostname: return hostname(text);
    case component_kind::ipv6_hostname: return ipv6_hostname(text);
    case component_kind::port: return port(text);
    case component_kind::pathname: return pathname(text);
    case component_kind::opaque_pathname:
        return percent_encoded(text.substr(0, text.find_first_of("?#")), percent_set::c0_control);
    case component_kind::search: return percent_encoded(text, percent_set::special_query);
    case component_kind::hash: return percent_encoded(text, percent_set::fragment);
    }
    return {};
}

}  // namespace fibercast
