// Whatever is presented as a token: it is refused, as nobody's signature is right; and what is read
// of it when the signature is left out breaks nothing.

#include "access/bad_token.hpp"
#include "access/json_web_token.hpp"
#include "access/rights.hpp"

#include <fibercast/access/verifier.hpp>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace {

std::string const hub = "https://hub.example.com/.well-known/mercure";

fibercast::verifier const& strict() {
    static auto const made = [] {
        fibercast::trusted_keys keys;
        keys.add("https://issuer.example",
                 {fibercast::verification_key::from_secret(std::string(32, 's'))});
        fibercast::verifier_options settings;
        settings.rules.audience = hub;
        settings.hub_url = hub;
        return std::make_unique<fibercast::verifier const>(
            std::make_shared<fibercast::key_ring>(std::move(keys)), std::move(settings));
    }();
    return *made;
}

/// As `verifier` reads it, but for the signature.
void read(std::string_view token, fibercast::token_rules const& rules) {
    static auto const base = *fibercast::parse_url(hub);
    try {
        auto const parsed = fibercast::parse_json_web_token(token, rules.longest_token);
        auto const now = std::chrono::sys_seconds(std::chrono::seconds(1'800'000'000));
        check_token(parsed, rules, now);
        fibercast::grant it;
        read_rights(parsed.claims, rules, base, it);
        fibercast::resolved_topic const topic(token, base);
        static_cast<void>(it.may_read({&topic, 1}));
    } catch (fibercast::bad_token const&) {  // as documented
    }
}

/// The fuzzer writes JSON more easily than base64url.
std::string encoded(std::string_view bytes) {
    constexpr char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    std::string text;
    unsigned bits = 0;
    int count = 0;
    for (unsigned char const c : bytes) {
        bits = (bits << 8 | c) & 0xffff;
        for (count += 8; count >= 6; count -= 6) text += digits[bits >> (count - 6) & 63];
    }
    if (count > 0) text += digits[bits << (6 - count) & 63];
    return text;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(unsigned char const* data, std::size_t size) {
    std::string_view const input(reinterpret_cast<char const*>(data), size);
    if (strict().verify(input, fibercast::token_role::subscribe).index() == 0) std::abort();
    auto lenient = fibercast::token_rules::mercure_0x();
    read(input, lenient);
    auto const border = std::min(input.find('\n'), input.size());
    auto const header = input.substr(0, border);
    auto const claims = input.substr(std::min(border + 1, input.size()));
    auto const token = encoded(header) + '.' + encoded(claims) + ".AAAA";
    read(token, lenient);
    lenient.rights = fibercast::token_rules::rights_claim::authorization_details;
    read(token, lenient);
    return 0;
}
