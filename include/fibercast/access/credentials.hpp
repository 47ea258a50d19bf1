#pragma once

#include <fibercast/api.hpp>
#include <fibercast/http/request.hpp>

#include <string_view>

namespace fibercast {

/// The cookie that the Mercure protocol recommends. Browsers refuse it without TLS.
inline constexpr std::string_view usual_token_cookie = "__Secure-mercure_access_token";

/// The token that came with a request.
struct presented_token {
    enum class source {
        nothing,
        header,     ///< `Authorization: Bearer`
        parameter,  ///< Of the query.
        cookie,     ///< The browser sends it with every request, whoever's page makes it.
        malformed   ///< There is something, but not one token: 400.
    };

    source from = source::nothing;
    std::string_view text = {};  ///< Of the request.
};

/// Where tokens may be, besides the field `Authorization`; an empty name: not there.
struct token_places {
    /// Of the query, before the cookie. Addresses are logged and shown: for programs of old that can
    /// do nothing else.
    std::string_view parameter = {};
    std::string_view cookie = usual_token_cookie;
};

/// From the first of these places that has something. A field with another scheme than `Bearer` has
/// none, and the other places do not count beside it. More than one field, one without a scheme, the
/// parameter or the cookie twice, and what has characters that no token has is malformed.
FIBERCAST_API presented_token token_of(request const& asked, token_places const& places = {});

}  // namespace fibercast
