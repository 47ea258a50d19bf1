#pragma once

#include "tokens/test_keys.hpp"

#include <fibercast/access/verifier.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

/// Now, for the tests' verifiers.
inline constexpr std::int64_t test_now = 1'800'000'000;

inline std::string const test_hub = "https://hub.example.com/.well-known/mercure";
inline std::string const test_metadata =
    "https://hub.example.com/.well-known/oauth-protected-resource/.well-known/mercure";

/// Two issuers with their keys, of which the first has one of each kind.
struct test_issuers {
    signing_key es256{fibercast::signing_algorithm::es256};
    signing_key rs256{fibercast::signing_algorithm::rs256};
    signing_key hs256{fibercast::signing_algorithm::hs256};
    signing_key publishes{fibercast::signing_algorithm::eddsa};  // for that role alone
    signing_key of_other{fibercast::signing_algorithm::eddsa};   // the second issuer's
    signing_key strange{fibercast::signing_algorithm::es256};    // nobody's

    std::string const id = "https://issuer.example";
    std::string const other_id = "https://other.example";

    fibercast::trusted_keys keys() const;
};

/// JSON objects as text, to be changed.
std::string test_header(std::string_view algorithm);
std::string test_claims();
/// With that member, whose value is JSON, in place of another of that name or in addition.
std::string with_member(std::string const& object, std::string_view name, std::string_view value);
std::string without_member(std::string const& object, std::string_view name);
/// A member whatever there is already.
std::string with_one_more(std::string const& object, std::string_view member);

/// header.claims.signature
std::string signed_token(signing_key const& by, std::string const& header,
                         std::string const& claims);
std::string good_token(signing_key const& by);
/// A good one's claims with other authorization details, which are JSON.
std::string claims_with_details(std::string const& details);

fibercast::verifier_options test_options();

/// A verifier, and what it depends on.
struct test_verifier {
    explicit test_verifier(test_issuers const& of, fibercast::verifier_options settings = {});

    /// Null when it is refused.
    std::shared_ptr<fibercast::grant const> verify(
        std::string const& token, fibercast::token_role role = fibercast::token_role::subscribe);

    std::shared_ptr<std::int64_t> now = std::make_shared<std::int64_t>(test_now);
    std::shared_ptr<fibercast::key_ring> keys;
    std::shared_ptr<fibercast::verifier const> it;
};
