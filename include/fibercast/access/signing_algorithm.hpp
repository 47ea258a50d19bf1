#pragma once

#include <fibercast/api.hpp>

#include <cstddef>
#include <optional>
#include <string_view>

namespace fibercast {

/// What a token may be signed with (RFC 7518, RFC 8037).
enum class signing_algorithm { hs256, hs384, hs512, rs256, ps256, es256, eddsa };

/// By its name in a token's `alg`, such as `RS256`; nothing for another, and for `none`.
FIBERCAST_API std::optional<signing_algorithm> signing_algorithm_named(
    std::string_view name) noexcept;
FIBERCAST_API std::string_view name_of(signing_algorithm algorithm) noexcept;

/// How long a secret must be (RFC 7518, section 3.2); 0: its key is no secret.
FIBERCAST_API std::size_t shortest_secret(signing_algorithm algorithm) noexcept;

}  // namespace fibercast
