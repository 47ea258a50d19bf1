#include <fibercast/access/jwk_set.hpp>

#include "jwk.hpp"
#include "strict_json.hpp"

#include <boost/json/array.hpp>

#include <stdexcept>
#include <string>

namespace fibercast {
namespace {

[[noreturn]] void refuse(std::string const& why) { throw std::invalid_argument(why); }

verification_key key_number(std::size_t number, boost::json::value const& jwk) {
    try {
        if (!jwk.is_object()) refuse("it is no object");
        return key_of_jwk(jwk.get_object());
    } catch (std::invalid_argument const& wrong) {
        refuse("key " + std::to_string(number) + " of the JWK Set: " + wrong.what());
    }
}

/// Some issuers have those in the same set; they are for others (RFC 7517, section 5).
bool is_for_encryption(boost::json::value const& jwk) {
    auto const* const object = jwk.if_object();
    auto const* const use = object == nullptr ? nullptr : member(*object, "use");
    return use != nullptr && *use == "enc";
}

}  // namespace

verification_key verification_key::from_jwk(std::string_view text) {
    if (text.size() > longest_jwk_set) refuse("a JWK that is too long");
    auto const jwk = strict_json_object(text);
    if (!jwk) refuse("a JWK that is no JSON object");
    return key_of_jwk(*jwk);
}

std::vector<verification_key> keys_of_jwk_set(std::string_view text) {
    if (text.size() > longest_jwk_set) refuse("a JWK Set that is too long");
    auto const set = strict_json_object(text);
    auto const* const found = set ? member(*set, "keys") : nullptr;
    auto const* const all = found == nullptr ? nullptr : found->if_array();
    if (all == nullptr) refuse("no JWK Set, {\"keys\": [...]}");
    if (all->empty()) refuse("a JWK Set without keys");
    if (all->size() > most_jwks) refuse("a JWK Set with too many keys");
    std::vector<verification_key> keys;
    keys.reserve(all->size());
    for (std::size_t i = 0; i < all->size(); ++i) {
        if (!is_for_encryption((*all)[i])) keys.push_back(key_number(i + 1, (*all)[i]));
    }
    if (keys.empty()) refuse("a JWK Set without keys for signatures");
    return keys;
}

}  // namespace fibercast
