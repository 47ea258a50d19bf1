#pragma once

#include <string_view>

namespace fibercast {

/// Why a token does not count: for the log, as nobody else is told.
enum class token_fault {
    too_long,
    malformed,
    wrong_type,
    critical_header,
    brings_keys,
    unknown_algorithm,
    unknown_issuer,
    no_key,
    bad_signature,
    wrong_audience,
    no_expiry,
    expired,
    not_valid_yet,
    bad_rights
};

std::string_view name_of(token_fault fault) noexcept;

/// What is thrown where one is found; only within access.
struct bad_token {
    token_fault why;
};

}  // namespace fibercast
