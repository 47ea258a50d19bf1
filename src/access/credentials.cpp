#include <fibercast/access/credentials.hpp>

#include <fibercast/url/url.hpp>

#include <algorithm>
#include <array>
#include <optional>

namespace fibercast {
namespace {

using source = presented_token::source;

constexpr presented_token malformed{source::malformed};

/// `b64token` of RFC 6750, section 2.1.
bool is_token_text(std::string_view text) noexcept {
    while (text.ends_with('=')) text.remove_suffix(1);
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               std::string_view("-._~+/").find(c) != std::string_view::npos;
    });
}

presented_token token_in(std::string_view authorization) noexcept {
    constexpr std::string_view scheme = "Bearer ";
    if (!equal_ignoring_case(authorization.substr(0, scheme.size()), scheme)) return malformed;
    authorization.remove_prefix(scheme.size());
    while (authorization.starts_with(' ')) authorization.remove_prefix(1);
    if (!is_token_text(authorization)) return malformed;
    return {source::header, authorization};
}

std::string_view without_blanks(std::string_view text) noexcept {
    auto const first = text.find_first_not_of(" \t");
    if (first == text.npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") + 1 - first);
}

/// Calls `visit` with name and value of each pair of `Cookie: a=1; b=2`. What else is in there is
/// for others.
template <typename Visit>
void each_cookie(std::string_view text, Visit const& visit) {
    while (!text.empty()) {
        auto const end = std::min(text.find(';'), text.size());
        auto const pair = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (auto const equals = pair.find('='); equals != pair.npos)
            visit(without_blanks(pair.substr(0, equals)), without_blanks(pair.substr(equals + 1)));
    }
}

presented_token token_in_cookie(request const& asked, std::string_view cookie) {
    presented_token found;
    for (auto const& field : asked.fields()) {
        // One field as a rule; HTTP/2 may have it in pieces.
        if (!equal_ignoring_case(field.name, "Cookie")) continue;
        each_cookie(field.value, [&](std::string_view name, std::string_view value) {
            if (name != cookie) return;
            bool const first = found.from == source::nothing;
            found =
                first && is_token_text(value) ? presented_token{source::cookie, value} : malformed;
        });
    }
    return found;
}

}  // namespace

presented_token token_of(request const& asked, std::string_view cookie) {
    auto const fields = asked.fields().count("Authorization");
    if (fields > 1) return malformed;
    if (fields == 1) return token_in(asked.header("Authorization"));
    return cookie.empty() ? presented_token() : token_in_cookie(asked, cookie);
}

bool is_safe_method(std::string_view method) noexcept {
    constexpr std::array<std::string_view, 4> safe = {"GET", "HEAD", "OPTIONS", "QUERY"};
    return std::find(safe.begin(), safe.end(), method) != safe.end();
}

bool is_from_origin_of(request const& asked, std::span<std::string const> origins) {
    auto const listed = [&](std::string_view origin) {
        return std::find(origins.begin(), origins.end(), origin) != origins.end();
    };
    for (auto const* const name : {"Origin", "Referer"}) {
        auto const fields = asked.fields().count(name);
        if (fields > 1) return false;
        if (fields == 0) continue;
        if (std::string_view(name) == "Origin") return listed(asked.header(name));
        auto const page = parse_url(asked.header(name));
        return page && listed(page->origin());
    }
    return false;
}

}  // namespace fibercast
