#pragma once

#include <fibercast/access/verification_key.hpp>
#include <fibercast/api.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace fibercast {

/// What somebody wants to do who presents a token.
enum class token_role : std::uint8_t { publish, subscribe };

/// A key, and what those may do whom it has signed a token for.
struct trusted_key {
    verification_key key;
    bool publish = true;
    bool subscribe = true;

    bool serves(token_role role) const noexcept {
        return role == token_role::publish ? publish : subscribe;
    }
};

/// Who signs tokens. Only its own keys verify what says that it is from it.
struct issuer {
    std::string id;  ///< As it is in a token's `iss`, byte for byte.
    std::vector<trusted_key> keys;
};

struct FIBERCAST_API trusted_keys {
    std::vector<issuer> issuers;

    /// One more key of that issuer, who may be new.
    void add(std::string_view issuer_id, trusted_key key);
    /// Null: nobody is trusted by that name.
    issuer const* find(std::string_view issuer_id) const noexcept;
};

}  // namespace fibercast
