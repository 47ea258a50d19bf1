#include <fibercast/access/verification_key.hpp>

#include "access/base64url.hpp"
#include "support/catch.hpp"
#include "tokens/test_keys.hpp"

#include <stdexcept>
#include <string>
#include <vector>

using fibercast::signing_algorithm;
using fibercast::verification_key;

namespace {

std::vector<signing_algorithm> const public_algorithms = {
    signing_algorithm::rs256, signing_algorithm::ps256, signing_algorithm::es256,
    signing_algorithm::eddsa};
std::vector<signing_algorithm> const secret_algorithms = {
    signing_algorithm::hs256, signing_algorithm::hs384, signing_algorithm::hs512};

void check(verification_key const& key, signing_key const& signs) {
    INFO(name_of(key.algorithm()));
    CHECK(key.algorithm() == signs.algorithm());
    auto const signature = signs.sign("text");
    CHECK(key.verify("text", signature));
    CHECK_FALSE(key.verify("texT", signature));
    CHECK_FALSE(key.verify("", signature));
    CHECK_FALSE(key.verify("text", ""));
    CHECK_FALSE(key.verify("text", signature + '\0'));
    CHECK_FALSE(key.verify("text", signature.substr(1)));
    CHECK_FALSE(key.verify("text", std::string(signature.size(), '\0')));
    for (std::size_t i = 0; i < signature.size(); i += 7) {
        auto changed = signature;
        changed[i] = static_cast<char>(changed[i] ^ 1);
        CHECK_FALSE(key.verify("text", changed));
    }
}

std::string signed_part(std::string const& token) { return token.substr(0, token.rfind('.')); }
std::string signature_of(std::string const& token) {
    return *fibercast::base64url_decoded(token.substr(token.rfind('.') + 1));
}

}  // namespace

TEST_CASE("a key verifies what its issuer has signed, and nothing else") {
    for (auto const each : public_algorithms) {
        signing_key const signs(each);
        check(verification_key::from_pem(signs.public_pem(), each), signs);
        check(
            verification_key::from_jwk(signs.jwk(R"(,"alg":")" + std::string(name_of(each)) + '"')),
            signs);
    }
    for (auto const each : secret_algorithms) {
        signing_key const signs(each);
        check(verification_key::from_secret(signs.secret(), each), signs);
        check(
            verification_key::from_jwk(signs.jwk(R"(,"alg":")" + std::string(name_of(each)) + '"')),
            signs);
    }
}

TEST_CASE("a signature without the zero that it begins with is none") {
    for (auto const each : {signing_algorithm::rs256, signing_algorithm::ps256}) {
        INFO(name_of(each));
        signing_key const signs(each);
        auto const key = verification_key::from_pem(signs.public_pem(), each);
        // One in 256 begins so.
        std::string text = "text", signature = signs.sign(text);
        while (signature.front() != 0) signature = signs.sign(text += '.');
        CHECK(key.verify(text, signature));
        CHECK_FALSE(key.verify(text, signature.substr(1)));
    }
}

TEST_CASE("a public key has its usual algorithm when none is named") {
    for (auto const each :
         {signing_algorithm::rs256, signing_algorithm::es256, signing_algorithm::eddsa}) {
        signing_key const signs(each);
        CHECK(verification_key::from_pem(signs.public_pem()).algorithm() == each);
        CHECK(verification_key::from_jwk(signs.jwk()).algorithm() == each);
    }
    signing_key const secret(signing_algorithm::hs256);
    CHECK_THROWS_AS(verification_key::from_jwk(secret.jwk()), std::invalid_argument);
}

TEST_CASE("a key fits its algorithm, or is refused") {
    for (auto const kind :
         {signing_algorithm::rs256, signing_algorithm::es256, signing_algorithm::eddsa}) {
        auto const pem = signing_key(kind).public_pem();
        for (auto const other : public_algorithms) {
            bool const rsa = kind == signing_algorithm::rs256 && other == signing_algorithm::ps256;
            if (other == kind || rsa) continue;
            INFO(name_of(kind) << " as " << name_of(other));
            CHECK_THROWS_AS(verification_key::from_pem(pem, other), std::invalid_argument);
        }
        for (auto const other : secret_algorithms)
            CHECK_THROWS_AS(verification_key::from_pem(pem, other), std::invalid_argument);
    }
    for (auto const other : public_algorithms) {
        CHECK_THROWS_AS(verification_key::from_secret(std::string(64, 's'), other),
                        std::invalid_argument);
    }
}

TEST_CASE("a key of one algorithm of RSA does not verify by the other") {
    signing_key const rs(signing_algorithm::rs256), ps(signing_algorithm::ps256);
    auto const by_rs = verification_key::from_pem(rs.public_pem(), signing_algorithm::rs256);
    auto const by_ps = verification_key::from_pem(ps.public_pem(), signing_algorithm::ps256);
    CHECK_FALSE(by_rs.verify("text", ps.sign("text")));
    CHECK_FALSE(by_ps.verify("text", rs.sign("text")));
}

TEST_CASE("a weak key is refused") {
    for (auto const each : secret_algorithms) {
        std::string const secret(shortest_secret(each), 's');
        CHECK_NOTHROW(verification_key::from_secret(secret, each));
        CHECK_THROWS_AS(verification_key::from_secret(secret.substr(1), each),
                        std::invalid_argument);
    }
    CHECK_THROWS_AS(verification_key::from_secret(""), std::invalid_argument);
    CHECK_THROWS_AS(verification_key::from_pem(rsa_pem(1024)), std::invalid_argument);
    CHECK_THROWS_AS(verification_key::from_pem(rsa_pem(2047)), std::invalid_argument);
    CHECK_THROWS_AS(verification_key::from_pem(curve_pem("secp384r1")), std::invalid_argument);
    CHECK_THROWS_AS(verification_key::from_pem(curve_pem("secp256k1")), std::invalid_argument);
    CHECK_THROWS_AS(verification_key::from_pem(curve_pem("ED448")), std::invalid_argument);
}

TEST_CASE("what is no public key in PEM is refused, a private key by name") {
    for (std::string const text :
         {"", "text", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n",
          "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
          "-----BEGIN PUBLIC KEY-----\nProc-Type: 4,ENCRYPTED\n"
          "DEK-Info: AES-128-CBC,00112233445566778899AABBCCDDEEFF\n\nAAAA\n"
          "-----END PUBLIC KEY-----\n"}) {
        INFO(text);
        CHECK_THROWS_AS(verification_key::from_pem(text), std::invalid_argument);
    }
    CHECK_THROWS_WITH(verification_key::from_pem("-----BEGIN EC PRIVATE KEY-----\n"),
                      ContainsSubstring("a private key"));
}

TEST_CASE("the example of RFC 7515, appendix A.1, verifies: HS256") {
    std::string const token =
        "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogI"
        "mh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    auto const key = verification_key::from_jwk(
        R"({"kty":"oct","alg":"HS256","k":"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75)"
        R"(aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"})");
    CHECK(key.verify(signed_part(token), signature_of(token)));
    CHECK_FALSE(key.verify(signed_part(token) + 'x', signature_of(token)));
}

TEST_CASE("the example of RFC 7515, appendix A.3, verifies: ES256") {
    std::string const token =
        "eyJhbGciOiJFUzI1NiJ9."
        "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLm"
        "NvbS9pc19yb290Ijp0cnVlfQ.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-"
        "F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmW"
        "QxfKTUJqPP3-Kg6NU1Q";
    auto const key = verification_key::from_jwk(
        R"({"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",)"
        R"("y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"})");
    CHECK(key.verify(signed_part(token), signature_of(token)));
    CHECK_FALSE(key.verify(signed_part(token) + 'x', signature_of(token)));
}

TEST_CASE("the example of RFC 8037, appendix A.4, verifies: EdDSA") {
    std::string const token =
        "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_MGCjP0JzlnLWG1PPOt7-"
        "09PGcv"
        "Mg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";
    auto const key = verification_key::from_jwk(
        R"({"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})");
    CHECK(key.verify(signed_part(token), signature_of(token)));
    CHECK_FALSE(key.verify(signed_part(token) + 'x', signature_of(token)));
}
