#include "jwk.hpp"

#include "base64url.hpp"
#include "openssl.hpp"
#include "strict_json.hpp"

#include <openssl/core_names.h>

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace fibercast {
namespace {

namespace json = boost::json;
using namespace openssl;

constexpr std::size_t longest_number = 2048;  // bytes: RSA of 16384 bits

[[noreturn]] void refuse(std::string const& why) { throw std::invalid_argument(why); }

std::string text_of(json::object const& jwk, std::string_view name) {
    auto const* const found = member(jwk, name);
    if (found == nullptr) return {};
    auto const* const text = found->if_string();
    if (text == nullptr) refuse("'" + std::string(name) + "' is no string");
    return {text->data(), text->size()};
}

std::string bytes_of(json::object const& jwk, std::string_view name) {
    auto decoded = base64url_decoded(text_of(jwk, name));
    if (!decoded || decoded->empty() || decoded->size() > longest_number)
        refuse("'" + std::string(name) + "' is missing, or no base64url");
    return *std::move(decoded);
}

void check_use(json::object const& jwk) {
    if (auto const use = text_of(jwk, "use"); !use.empty() && use != "sig")
        refuse("'use' is not 'sig'");
    auto const* const uses = member(jwk, "key_ops");
    if (uses == nullptr) return;
    auto const* const all = uses->if_array();
    if (all == nullptr || std::find(all->begin(), all->end(), json::value("verify")) == all->end())
        refuse("'key_ops' does not have 'verify'");
}

key of_params(char const* kind, OSSL_PARAM_BLD* builder) {
    params const all(made(OSSL_PARAM_BLD_to_param(builder)));
    key_context const context(made(EVP_PKEY_CTX_new_from_name(nullptr, kind, nullptr)));
    EVP_PKEY* built = nullptr;
    if (EVP_PKEY_fromdata_init(context.get()) != 1 ||
        EVP_PKEY_fromdata(context.get(), &built, EVP_PKEY_PUBLIC_KEY, all.get()) != 1)
        refuse("a public key that is none");
    return {built, EVP_PKEY_free};
}

big_number number_of(json::object const& jwk, std::string_view name) {
    auto const text = bytes_of(jwk, name);
    return big_number(made(BN_bin2bn(bytes(text.data()), static_cast<int>(text.size()), nullptr)));
}

key rsa_key(json::object const& jwk) {
    auto const modulus = number_of(jwk, "n"), exponent = number_of(jwk, "e");
    param_builder const builder(made(OSSL_PARAM_BLD_new()));
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, modulus.get());
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, exponent.get());
    return of_params("RSA", builder.get());
}

key p256_key(json::object const& jwk) {
    if (text_of(jwk, "crv") != "P-256") refuse("a curve that is not P-256");
    auto const x = bytes_of(jwk, "x"), y = bytes_of(jwk, "y");
    if (x.size() != 32 || y.size() != 32) refuse("'x' and 'y' have 32 bytes each");
    auto const point = '\x04' + x + y;  // uncompressed
    param_builder const builder(made(OSSL_PARAM_BLD_new()));
    OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0);
    OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(),
                                     point.size());
    return of_params("EC", builder.get());
}

key ed25519_key(json::object const& jwk) {
    if (text_of(jwk, "crv") != "Ed25519") refuse("a curve that is not Ed25519");
    auto const x = bytes_of(jwk, "x");
    if (x.size() != 32) refuse("'x' has 32 bytes");
    return {made(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, bytes(x.data()), x.size())),
            EVP_PKEY_free};
}

key secret_key(json::object const& jwk) {
    auto secret = bytes_of(jwk, "k");
    key made_of(made(EVP_PKEY_new_raw_private_key(EVP_PKEY_HMAC, nullptr, bytes(secret.data()),
                                                  secret.size())),
                EVP_PKEY_free);
    OPENSSL_cleanse(secret.data(), secret.size());
    return made_of;
}

std::pair<key, std::optional<signing_algorithm>> key_and_usual_algorithm(json::object const& jwk) {
    auto const kind = text_of(jwk, "kty");
    if (kind == "oct") return {secret_key(jwk), std::nullopt};
    if (member(jwk, "d") != nullptr) refuse("a private key, which only the issuer should have");
    if (kind == "RSA") return {rsa_key(jwk), signing_algorithm::rs256};
    if (kind == "EC") return {p256_key(jwk), signing_algorithm::es256};
    if (kind == "OKP") return {ed25519_key(jwk), signing_algorithm::eddsa};
    refuse("'kty' is none of RSA, EC, OKP and oct");
}

}  // namespace

verification_key key_of_jwk(json::object const& jwk) {
    clean_errors const at_end;
    check_use(jwk);
    auto [key, algorithm] = key_and_usual_algorithm(jwk);
    if (auto const name = text_of(jwk, "alg"); !name.empty()) {
        algorithm = signing_algorithm_named(name);
        if (!algorithm) refuse("'alg' is none that is supported");
    }
    if (!algorithm) refuse("a secret must name its 'alg'");
    return {std::move(key), *algorithm, text_of(jwk, "kid")};
}

}  // namespace fibercast
