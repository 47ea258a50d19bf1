#include <fibercast/service/admin_guard.hpp>

#include "http/escape.hpp"
#include "refusal.hpp"

#include <fmt/format.h>

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

namespace fibercast {
namespace {

/// `example.org` of `example.org:80`, `[::1]` of `[::1]:80`.
std::string_view without_port(std::string_view authority) noexcept {
    auto const bracket = authority.starts_with('[') ? authority.find(']') : 0;
    if (bracket == authority.npos) return {};
    return authority.substr(0, authority.find(':', bracket));
}

bool is_loopback(std::string_view host) {
    if (equal_ignoring_case(host, "localhost")) return true;
    in6_addr v6;
    if (host.starts_with('[') && host.ends_with(']')) {
        std::string const text(host.substr(1, host.size() - 2));
        return ::inet_pton(AF_INET6, text.c_str(), &v6) == 1 && IN6_IS_ADDR_LOOPBACK(&v6);
    }
    in_addr v4;
    return ::inet_pton(AF_INET, std::string(host).c_str(), &v4) == 1 &&
           ntohl(v4.s_addr) >> 24 == 127;
}

bool is_name(std::string_view host, std::vector<std::string> const& more) {
    return is_loopback(host) || std::any_of(more.begin(), more.end(), [&](auto const& each) {
               return equal_ignoring_case(host, each);
           });
}

/// Whether an origin is where the request went to, maybe through a proxy that speaks TLS.
bool is_own(std::string_view origin, std::string_view host) noexcept {
    for (std::string_view const scheme : {"http://", "https://"}) {
        if (origin.starts_with(scheme))
            return equal_ignoring_case(origin.substr(scheme.size()), host);
    }
    return false;
}

/// Whether a browser comes here by a link, to show what it gets on a page of its own. The page with
/// the link sees nothing of it, and a GET changes nothing.
bool follows_link(request const& asked) {
    return asked.method() == "GET" &&
           equal_ignoring_case(asked.header("Sec-Fetch-Mode"), "navigate") &&
           equal_ignoring_case(asked.header("Sec-Fetch-Dest"), "document");
}

/// What is wrong with where it comes from, or where it thinks it goes.
std::optional<std::string> objection(request const& asked, guard_options const& settings) {
    // Only HTTP/1.0 may do without, and no browser speaks it.
    auto const host = asked.fields().find("Host");
    if (host && !is_name(without_port(*host), settings.hosts))
        return fmt::format("this address is not called {}", in_quotes(*host));
    auto const origin = asked.fields().find("Origin");
    if (origin && !is_own(*origin, host.value_or("")))
        return fmt::format("pages of {} have no access here", in_quotes(*origin));
    if (equal_ignoring_case(asked.header("Sec-Fetch-Site"), "cross-site") && !follows_link(asked))
        return "pages of other sites have no access here";
    return std::nullopt;
}

}  // namespace

handler guarded(handler inner, guard_options settings) {
    return [inner = std::move(inner), settings = std::move(settings)](request const& asked) {
        if (auto const why = objection(asked, settings)) return refusal(status::forbidden, *why);
        return inner(asked);
    };
}

}  // namespace fibercast
