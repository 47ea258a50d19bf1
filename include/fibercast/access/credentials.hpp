#pragma once

#include <fibercast/http/request.hpp>

#include <string_view>

namespace fibercast {

/// The cookie that the Mercure protocol recommends. Browsers refuse it without TLS.
inline constexpr std::string_view usual_token_cookie = "__Secure-mercure_access_token";

/// The token that came with a request.
struct presented_token {
    enum class source {
        nothing,
        header,    ///< `Authorization: Bearer`
        cookie,    ///< The browser sends it with every request, whoever's page makes it.
        malformed  ///< There is something, but not one token: 400.
    };

    source from = source::nothing;
    std::string_view text = {};  ///< Of the request.
};

/// From the field `Authorization`, and when there is none from the cookie of that name; an empty
/// name: from no cookie. More than one field, another scheme than `Bearer`, the cookie twice, and
/// what has characters that no token has is malformed.
presented_token token_of(request const& asked, std::string_view cookie = usual_token_cookie);

}  // namespace fibercast
