#include "bad_token.hpp"

namespace fibercast {

std::string_view name_of(token_fault fault) noexcept {
    switch (fault) {
    case token_fault::too_long: return "too long";
    case token_fault::malformed: return "malformed";
    case token_fault::wrong_type: return "of another type";
    case token_fault::critical_header: return "with critical extensions";
    case token_fault::brings_keys: return "with a key of its own";
    case token_fault::unknown_algorithm: return "of an algorithm that is not supported";
    case token_fault::unknown_issuer: return "of an issuer that is not trusted";
    case token_fault::no_key: return "of an algorithm for which its issuer has no key here";
    case token_fault::bad_signature: return "with a signature that is not its issuer's";
    case token_fault::wrong_audience: return "for somebody else";
    case token_fault::no_expiry: return "without an end";
    case token_fault::expired: return "expired";
    case token_fault::not_valid_yet: return "not valid yet";
    case token_fault::bad_rights: return "with rights that are none";
    }
    return "";
}

}  // namespace fibercast
