#include <fibercast/access/jwk_set.hpp>

#include "support/catch.hpp"
#include "tokens/test_keys.hpp"

#include <stdexcept>
#include <string>

using fibercast::keys_of_jwk_set;
using fibercast::signing_algorithm;

namespace {

std::string set_of(std::string const& keys) { return R"({"keys":[)" + keys + "]}"; }

/// Made when it is asked for, as it takes a while.
std::string rsa_public() { return signing_key(signing_algorithm::rs256).jwk(); }
std::string const p256 = signing_key(signing_algorithm::es256).jwk();

std::string with(std::string jwk, std::string const& members) {
    return jwk.insert(jwk.size() - 1, ',' + members);
}

}  // namespace

TEST_CASE("a JWK Set has keys of all kinds, each with its algorithm and id") {
    signing_key const rsa(signing_algorithm::ps256), ed(signing_algorithm::eddsa);
    signing_key const secret(signing_algorithm::hs512);
    auto const keys = keys_of_jwk_set(set_of(
        rsa.jwk(R"(,"kid":"a","alg":"PS256","use":"sig","x5t":"ignored")") + ',' + p256 + ',' +
        ed.jwk(R"(,"kid":"a","key_ops":["verify"])") + ',' + secret.jwk(R"(,"alg":"HS512")")));
    REQUIRE(keys.size() == 4);
    CHECK(keys[0].algorithm() == signing_algorithm::ps256);
    CHECK(keys[0].id() == "a");
    CHECK(keys[1].algorithm() == signing_algorithm::es256);
    CHECK(keys[1].id().empty());
    CHECK(keys[2].algorithm() == signing_algorithm::eddsa);
    CHECK(keys[3].verify("text", secret.sign("text")));
    CHECK(keys[0].verify("text", rsa.sign("text")));
}

TEST_CASE("a key of a set that cannot be used is an error, which names it") {
    for (auto const& jwk :
         {std::string("1"),
          std::string("{}"),
          std::string(R"({"kty":"RSA"})"),
          std::string(R"({"kty":"oct","alg":"HS256","k":"AAAA"})"),
          std::string(R"({"kty":"oct","k":")") + base64url(std::string(64, 's')) + R"("})",
          std::string(R"({"kty":"OKP","crv":"X25519","x":")") + base64url(std::string(32, 'x')) +
              R"("})",
          std::string(R"({"kty":"EC","crv":"P-521","x":"AAAA","y":"AAAA"})"),
          std::string(R"({"kty":"EC","crv":"P-256","x":")") + base64url(std::string(32, 'x')) +
              R"(","y":")" + base64url(std::string(32, 'y')) + R"("})",
          std::string(R"({"kty":"RSA","n":"AQAB","e":"AQAB"})"),
          with(p256, R"("alg":"RS256")"),
          with(p256, R"("alg":"ES384")"),
          with(p256, R"("alg":"none")"),
          with(p256, R"("alg":7)"),
          with(p256, R"("use":"other")"),
          with(p256, R"("use":1)"),
          with(p256, R"("key_ops":["sign"])"),
          with(p256, R"("key_ops":"verify")"),
          with(p256, R"("d":"AAAA")"),
          with(rsa_public(), R"("d":"AAAA")"),
          with(rsa_public(), R"("kid":{})")}) {
        INFO(jwk);
        CHECK_THROWS_WITH(keys_of_jwk_set(set_of(p256 + ',' + jwk)),
                          StartsWith("key 2 of the JWK Set: "));
    }
}

TEST_CASE("keys of a set that are for encryption are for others") {
    auto const encrypting = with(p256, R"("use":"enc")");
    CHECK(
        keys_of_jwk_set(set_of(encrypting + ',' + p256 + R"(,{"use":"enc","kty":"new"})")).size() ==
        1);
    CHECK_THROWS_AS(keys_of_jwk_set(set_of(encrypting)), std::invalid_argument);
}

TEST_CASE("an exponent of RSA that makes signatures of anything is refused") {
    auto weak = rsa_public();
    weak.replace(weak.find("AQAB"), 4, "AQ");
    CHECK_THROWS_AS(keys_of_jwk_set(set_of(weak)), std::invalid_argument);
}

TEST_CASE("what is no JWK Set, or too large, is refused") {
    std::string many;
    for (std::size_t i = 0; i <= fibercast::most_jwks; ++i) many += p256 + ',';
    many.pop_back();
    for (auto const& text :
         {std::string(), std::string("{}"), std::string("[]"), std::string(R"({"keys":{}})"),
          set_of(""), set_of(p256) + 'x', R"({"keys":[],"keys":[)" + p256 + "]}", set_of(many),
          set_of(with(p256, R"("kid":"a","kid":"b")")), set_of(with(p256, "\"kid\":\"\xff\"")),
          set_of(with(p256, "\"x\":" + std::string(40, '[') + std::string(40, ']'))),
          set_of(p256) + std::string(fibercast::longest_jwk_set, ' ')}) {
        INFO(text.substr(0, 200));
        CHECK_THROWS_AS(keys_of_jwk_set(text), std::invalid_argument);
    }
}
