#include "json_web_token.hpp"

#include "bad_token.hpp"
#include "base64url.hpp"
#include "strict_json.hpp"

#include <fibercast/http/fields.hpp>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace fibercast {
namespace {

namespace json = boost::json;
using std::chrono::sys_seconds;

constexpr double latest_date = 253402300799;  // the end of the year 9999

std::string part(std::string_view text) {
    auto decoded = base64url_decoded(text);
    if (!decoded || decoded->empty()) throw bad_token{token_fault::malformed};
    return *std::move(decoded);
}

json::object object_part(std::string_view text) {
    auto object = strict_json_object(part(text));
    if (!object) throw bad_token{token_fault::malformed};
    return *std::move(object);
}

void check_header(json::object const& header, token_rules const& rules) {
    // RFC 7515, section 4.1.11: who does not understand all that is critical refuses. We understand
    // none.
    if (member(header, "crit") != nullptr) throw bad_token{token_fault::critical_header};
    // Keys are ours to know. An issuer that sends one along expects it to be used.
    for (auto const* const name : {"jwk", "jku", "x5u", "x5c"})
        if (member(header, name) != nullptr) throw bad_token{token_fault::brings_keys};
    if (!rules.require_type) return;
    auto type = text_member(header, "typ").value_or("");
    constexpr std::string_view application = "application/";
    if (equal_ignoring_case(type.substr(0, application.size()), application))
        type.remove_prefix(application.size());
    if (!equal_ignoring_case(type, "at+jwt")) throw bad_token{token_fault::wrong_type};
}

bool names(json::value const& audience, std::string_view us) {
    if (audience.is_string()) return std::string_view(audience.get_string()) == us;
    auto const* const all = audience.if_array();
    if (all == nullptr) throw bad_token{token_fault::malformed};
    for (auto const& each : *all)
        if (!each.is_string()) throw bad_token{token_fault::malformed};
    return std::any_of(all->begin(), all->end(),
                       [&](auto const& each) { return std::string_view(each.get_string()) == us; });
}

void check_audience(json::object const& claims, token_rules const& rules) {
    if (rules.audience.empty()) return;
    auto const* const audience = member(claims, "aud");
    bool const wrong =
        audience == nullptr ? rules.require_audience : !names(*audience, rules.audience);
    if (wrong) throw bad_token{token_fault::wrong_audience};
}

/// A time in seconds, maybe with a part of one (RFC 7519, section 2).
std::optional<double> date_member(json::object const& claims, std::string_view name) {
    auto const* const found = member(claims, name);
    if (found == nullptr) return std::nullopt;
    json::error_code wrong;
    auto const date = found->is_number() ? found->to_number<double>(wrong) : -1;
    // Turned around it would let NaN pass.
    if (wrong || !(date >= 0 && date <= latest_date)) throw bad_token{token_fault::malformed};
    return date;
}

sys_seconds seconds(double date) {
    return sys_seconds(std::chrono::seconds(static_cast<std::int64_t>(date)));
}

/// The keys that the header's algorithm and `kid` leave: `kid` is a hint, the algorithm the key's
/// own.
std::vector<verification_key const*> candidates(std::vector<trusted_key> const& keys,
                                                token_role role, signing_algorithm algorithm,
                                                std::string_view id) {
    std::vector<verification_key const*> found;
    for (auto const& each : keys) {
        if (each.serves(role) && each.key.algorithm() == algorithm) found.push_back(&each.key);
    }
    auto const named = [&](auto const* each) { return !id.empty() && each->id() == id; };
    if (std::any_of(found.begin(), found.end(), named))
        std::erase_if(found, [&](auto const* each) { return !named(each); });
    return found;
}

/// Whether one has, of how many there were.
struct attempt {
    bool verified = false;
    std::size_t keys = 0;
};

attempt verify_with(issuer const& by, json_web_token const& token, token_role role,
                    signing_algorithm algorithm, std::atomic<std::uint64_t>& checks) {
    auto const keys =
        candidates(by.keys, role, algorithm, text_member(token.header, "kid").value_or(""));
    for (auto const* const each : keys) {
        checks.fetch_add(1, std::memory_order_relaxed);
        if (each->verify(token.signed_text, token.signature)) return {true, keys.size()};
    }
    return {false, keys.size()};
}

}  // namespace

std::optional<std::string_view> text_member(json::object const& of, std::string_view name) {
    auto const* const found = member(of, name);
    if (found == nullptr) return std::nullopt;
    if (!found->is_string()) throw bad_token{token_fault::malformed};
    return std::string_view(found->get_string());
}

json_web_token parse_json_web_token(std::string_view token, std::size_t longest) {
    if (token.size() > longest) throw bad_token{token_fault::too_long};
    auto const first = token.find('.');
    auto const second = first == token.npos ? first : token.find('.', first + 1);
    if (second == token.npos || token.find('.', second + 1) != token.npos)
        throw bad_token{token_fault::malformed};
    return {object_part(token.substr(0, first)),
            object_part(token.substr(first + 1, second - first - 1)), token.substr(0, second),
            part(token.substr(second + 1))};
}

std::optional<sys_seconds> check_token(json_web_token const& token, token_rules const& rules,
                                       sys_seconds now) {
    check_header(token.header, rules);
    check_audience(token.claims, rules);
    auto const from = date_member(token.claims, "nbf");
    if (from && seconds(std::ceil(*from)) > now + rules.leeway)
        throw bad_token{token_fault::not_valid_yet};
    auto const until = date_member(token.claims, "exp");
    if (!until) {
        if (rules.require_expiry) throw bad_token{token_fault::no_expiry};
        return std::nullopt;
    }
    auto const expires = seconds(std::floor(*until));
    if (now >= expires + rules.leeway) throw bad_token{token_fault::expired};
    return expires;
}

issuer const& signer_of(json_web_token const& token, token_rules const& rules,
                        trusted_keys const& keys, token_role role,
                        std::atomic<std::uint64_t>& checks) {
    auto const algorithm = signing_algorithm_named(text_member(token.header, "alg").value_or(""));
    if (!algorithm) throw bad_token{token_fault::unknown_algorithm};
    auto const name = text_member(token.claims, "iss");
    auto const* const named = name ? keys.find(*name) : nullptr;
    if (named == nullptr && rules.require_issuer) throw bad_token{token_fault::unknown_issuer};
    std::size_t tried = 0;
    for (auto const& each : keys.issuers) {
        if (named != nullptr && named != &each) continue;
        auto const result = verify_with(each, token, role, *algorithm, checks);
        if (result.verified) return each;
        tried += result.keys;
    }
    throw bad_token{tried == 0 ? token_fault::no_key : token_fault::bad_signature};
}

}  // namespace fibercast
