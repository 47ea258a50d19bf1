#include <fibercast/url/url.hpp>

#include "path.hpp"
#include "percent_encode.hpp"

#include "http/percent.hpp"

#include <array>
#include <utility>

namespace fibercast {
namespace {

struct special_scheme {
    std::string_view name;
    std::uint16_t port;  // 0: none
};

constexpr std::array<special_scheme, 6> special_schemes = {
    {{"http", 80}, {"https", 443}, {"ws", 80}, {"wss", 443}, {"ftp", 21}, {"file", 0}}};

special_scheme const* find_special(std::string_view scheme) noexcept {
    for (auto const& each : special_schemes) {
        if (each.name == scheme) return &each;
    }
    return nullptr;
}

std::string with_port(url const& of) {
    auto made = of.host.value_or("");
    if (of.port) made += ':' + std::to_string(*of.port);
    return made;
}

}  // namespace

bool is_special_scheme(std::string_view scheme) noexcept { return find_special(scheme) != nullptr; }

std::optional<std::uint16_t> default_port(std::string_view scheme) noexcept {
    auto const* const found = find_special(scheme);
    if (found == nullptr || found->port == 0) return std::nullopt;
    return found->port;
}

std::string url::href() const {
    std::string made = scheme + ':';
    if (host) {
        made += "//";
        if (!username.empty() || !password.empty()) {
            made += username;
            if (!password.empty()) made += ':' + password;
            made += '@';
        }
        made += with_port(*this);
    } else if (!opaque_path && path.starts_with("//")) {
        made += "/.";  // else the path would be read as a host
    }
    made += path;
    if (query) made += '?' + *query;
    if (fragment) made += '#' + *fragment;
    return made;
}

std::string url::origin() const {
    if (!default_port(scheme) || !host) return "null";
    return scheme + "://" + with_port(*this);
}

std::string url::location() const {
    std::string made = scheme + ':';
    if (host && !host->empty()) made += "//" + with_port(*this);
    return made + path;
}

std::string url::plain_path() const {
    if (opaque_path) return path;
    std::string made;
    made.reserve(path.size());
    for (std::size_t i = 0; i < path.size(); ++i) {
        if (path[i] == '%' && path.size() - i > 2) {
            auto const decoded = percent_decoded_leniently(std::string_view(path).substr(i, 3));
            if (decoded.size() == 1 && is_unreserved(decoded.front())) {
                made += decoded;
                i += 2;
                continue;
            }
        }
        made += path[i];
    }
    // Canonical already, but for what the decoding has made, which encodes nothing again.
    std::string result;
    if (made.starts_with('/'))
        append_segments(result, std::string_view(made).substr(1), is_special_scheme(scheme));
    return result;
}

}  // namespace fibercast
