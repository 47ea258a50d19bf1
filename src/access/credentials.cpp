#include <fibercast/access/credentials.hpp>

#include "http/cookies.hpp"

#include <algorithm>
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

/// Credentials of another scheme are for somebody else, a proxy for instance, and no token (RFC 6750,
/// section 3). A token alone, without a scheme, is a mistake.
presented_token token_in(std::string_view authorization) noexcept {
    auto const end = std::min(authorization.find(' '), authorization.size());
    auto const scheme = authorization.substr(0, end);
    bool const is_scheme = end != authorization.size() && is_token(scheme);
    if (!equal_ignoring_case(scheme, "Bearer")) return is_scheme ? presented_token() : malformed;
    authorization.remove_prefix(end);
    while (authorization.starts_with(' ')) authorization.remove_prefix(1);
    if (!is_token_text(authorization)) return malformed;
    return {source::header, authorization};
}

presented_token token_in_cookie(request const& asked, std::string_view cookie) {
    presented_token found;
    each_cookie(asked, [&](std::string_view name, std::optional<std::string_view> value) {
        if (name != cookie || !value) return;
        bool const first = found.from == source::nothing;
        found =
            first && is_token_text(*value) ? presented_token{source::cookie, *value} : malformed;
    });
    return found;
}

/// As it stands there: no token has a character that would be encoded.
presented_token token_in_query(std::string_view query, std::string_view parameter) noexcept {
    presented_token found;
    while (!query.empty()) {
        auto const end = std::min(query.find('&'), query.size());
        auto const pair = query.substr(0, end);
        query.remove_prefix(std::min(end + 1, query.size()));
        auto const equal = std::min(pair.find('='), pair.size());
        if (pair.substr(0, equal) != parameter) continue;
        auto const value = pair.substr(std::min(equal + 1, pair.size()));
        bool const first = found.from == source::nothing;
        found =
            first && is_token_text(value) ? presented_token{source::parameter, value} : malformed;
    }
    return found;
}

}  // namespace

presented_token token_of(request const& asked, token_places const& places) {
    auto const fields = asked.fields().count("Authorization");
    if (fields > 1) return malformed;
    if (fields == 1) return token_in(asked.header("Authorization"));
    if (!places.parameter.empty()) {
        auto const found = token_in_query(asked.query(), places.parameter);
        if (found.from != source::nothing) return found;
    }
    return places.cookie.empty() ? presented_token() : token_in_cookie(asked, places.cookie);
}

}  // namespace fibercast
