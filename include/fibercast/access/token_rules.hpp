#pragma once

#include <fibercast/api.hpp>

#include <chrono>
#include <cstddef>
#include <string>

namespace fibercast {

/// What is asked of a token, beside a signature by a trusted key. By default what the Mercure
/// protocol's "Token Validation" asks of an access token (RFC 9068).
struct token_rules {
    enum class rights_claim {
        authorization_details,  ///< RFC 9396
        /// `mercure: {publish: [...], subscribe: [...], payload: ...}`, of topic selectors as
        /// `topic_matcher::from_selector` reads them; the claim may be named `https://mercure.rocks/`,
        /// too. A token without one may have authorization details.
        mercure
    };

    /// Our own resource identifier, one of the token's `aud`. Empty, for rules that do not require
    /// it: `aud` is not looked at.
    std::string audience;

    /// The header's `typ` is `at+jwt`.
    bool require_type = true;
    bool require_audience = true;
    /// `iss` is a trusted issuer. If that is not required, a token without one, or by an unknown
    /// one, is verified with the keys of all issuers.
    bool require_issuer = true;
    bool require_expiry = true;
    rights_claim rights = rights_claim::authorization_details;

    /// How far the issuer's clock may differ from ours, for `exp` and `nbf`; at most 60 s.
    std::chrono::seconds leeway{10};

    std::size_t longest_token = 8192;  ///< In bytes.
    std::size_t most_details = 100;    ///< Of a token.
    std::size_t most_topics = 100;     ///< Of a detail; and of each list of the claim `mercure`.
    std::size_t longest_match = 1024;  ///< Of a topic matcher, in bytes.

    /// What hubs of the protocol's versions 0.x ask, which is less: neither `typ` nor `aud`, `iss`
    /// and `exp`, and rights in the claim `mercure`.
    static token_rules mercure_0x() {
        token_rules rules;
        rules.require_type = rules.require_audience = false;
        rules.require_issuer = rules.require_expiry = false;
        rules.rights = rights_claim::mercure;
        return rules;
    }
};

}  // namespace fibercast
