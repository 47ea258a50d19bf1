#pragma once

#include <fibercast/access/verification_key.hpp>
#include <fibercast/api.hpp>

#include <cstddef>
#include <string_view>
#include <vector>

namespace fibercast {

inline constexpr std::size_t longest_jwk_set = 64 * 1024;  ///< In bytes.
inline constexpr std::size_t most_jwks = 64;

/// The keys of a JWK Set (RFC 7517, section 5): `{"keys": [...]}`. Throws `std::invalid_argument`,
/// with the number of the key and what is wrong, when one of them is of an unknown kind, for
/// another use, private or too weak: which keys count should be no surprise.
FIBERCAST_API std::vector<verification_key> keys_of_jwk_set(std::string_view json);

}  // namespace fibercast
