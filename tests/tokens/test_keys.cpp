#include "tokens/test_keys.hpp"

#include "access/openssl.hpp"

#include <openssl/core_names.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <stdexcept>
#include <utility>

namespace {

using namespace fibercast::openssl;
using fibercast::signing_algorithm;

key owner(EVP_PKEY* made_key) { return {made(made_key), EVP_PKEY_free}; }

key new_key(signing_algorithm algorithm) {
    static key const rsa = owner(EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", std::size_t{2048}));
    switch (algorithm) {
    case signing_algorithm::rs256:
    case signing_algorithm::ps256: return rsa;
    case signing_algorithm::es256:
        return owner(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "prime256v1"));
    case signing_algorithm::eddsa: return owner(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
    default: throw std::logic_error("a secret");
    }
}

key mac_key(std::string_view secret) {
    return owner(
        EVP_PKEY_new_raw_private_key(EVP_PKEY_HMAC, nullptr, bytes(secret.data()), secret.size()));
}

std::string pem_of(EVP_PKEY* key) {
    memory_bio const file(made(BIO_new(BIO_s_mem())));
    PEM_write_bio_PUBKEY(file.get(), key);
    char* text = nullptr;
    auto const size = BIO_get_mem_data(file.get(), &text);
    return {text, static_cast<std::size_t>(size)};
}

EVP_MD const* hash_of(signing_algorithm algorithm) {
    if (algorithm == signing_algorithm::hs384) return EVP_sha384();
    if (algorithm == signing_algorithm::hs512) return EVP_sha512();
    return algorithm == signing_algorithm::eddsa ? nullptr : EVP_sha256();
}

std::string signature_by(EVP_PKEY* key, signing_algorithm algorithm, std::string_view text) {
    digest_context const context(made(EVP_MD_CTX_new()));
    EVP_PKEY_CTX* of_key = nullptr;
    EVP_DigestSignInit(context.get(), &of_key, hash_of(algorithm), nullptr, key);
    if (algorithm == signing_algorithm::ps256) {
        EVP_PKEY_CTX_set_rsa_padding(of_key, RSA_PKCS1_PSS_PADDING);
        EVP_PKEY_CTX_set_rsa_pss_saltlen(of_key, RSA_PSS_SALTLEN_DIGEST);
    }
    std::string signature(1024, '\0');
    auto size = signature.size();
    auto* const out = reinterpret_cast<unsigned char*>(signature.data());
    if (EVP_DigestSign(context.get(), out, &size, bytes(text.data()), text.size()) != 1)
        throw std::runtime_error("cannot sign");
    signature.resize(size);
    return signature;
}

/// r and s, one behind the other.
std::string raw_signature(std::string const& der) {
    auto const* in = bytes(der.data());
    ecdsa_signature const both(made(d2i_ECDSA_SIG(nullptr, &in, static_cast<long>(der.size()))));
    std::string raw(64, '\0');
    auto* const out = reinterpret_cast<unsigned char*>(raw.data());
    BN_bn2binpad(ECDSA_SIG_get0_r(both.get()), out, 32);
    BN_bn2binpad(ECDSA_SIG_get0_s(both.get()), out + 32, 32);
    return raw;
}

std::string number(EVP_PKEY* key, char const* name) {
    BIGNUM* found = nullptr;
    EVP_PKEY_get_bn_param(key, name, &found);
    big_number const owned_number(made(found));
    std::string text(static_cast<std::size_t>(BN_num_bytes(found)), '\0');
    BN_bn2bin(found, reinterpret_cast<unsigned char*>(text.data()));
    // A coordinate is as long as the curve wants it.
    bool const coordinate = std::string_view(name).starts_with('q');
    if (coordinate && text.size() < 32) text.insert(0, 32 - text.size(), '\0');
    return base64url(text);
}

}  // namespace

signing_key::signing_key(signing_algorithm algorithm)
    : algorithm_(algorithm),
      secret_(fibercast::shortest_secret(algorithm), 's'),
      key_(secret_.empty() ? new_key(algorithm) : mac_key(secret_)) {}

signing_key::signing_key(signing_algorithm algorithm, std::string secret)
    : algorithm_(algorithm), secret_(std::move(secret)), key_(mac_key(secret_)) {}

std::string signing_key::public_pem() const { return pem_of(key_.get()); }

std::string signing_key::sign(std::string_view text) const {
    auto signature = signature_by(key_.get(), algorithm_, text);
    return algorithm_ == signing_algorithm::es256 ? raw_signature(signature) : signature;
}

std::string signing_key::mac(std::string_view secret, std::string_view text) {
    return signature_by(mac_key(secret).get(), signing_algorithm::hs256, text);
}

std::string signing_key::jwk(std::string const& more_members) const {
    auto const end = more_members + '}';
    if (!secret_.empty()) return R"({"kty":"oct","k":")" + base64url(secret_) + '"' + end;
    switch (algorithm_) {
    case signing_algorithm::es256:
        return R"({"kty":"EC","crv":"P-256","x":")" + number(key_.get(), OSSL_PKEY_PARAM_EC_PUB_X) +
               R"(","y":")" + number(key_.get(), OSSL_PKEY_PARAM_EC_PUB_Y) + '"' + end;
    case signing_algorithm::eddsa: {
        std::string raw(32, '\0');
        auto size = raw.size();
        EVP_PKEY_get_raw_public_key(key_.get(), reinterpret_cast<unsigned char*>(raw.data()),
                                    &size);
        return R"({"kty":"OKP","crv":"Ed25519","x":")" + base64url(raw) + '"' + end;
    }
    default:
        return R"({"kty":"RSA","n":")" + number(key_.get(), OSSL_PKEY_PARAM_RSA_N) + R"(","e":")" +
               number(key_.get(), OSSL_PKEY_PARAM_RSA_E) + '"' + end;
    }
}

std::string rsa_pem(unsigned bits) {
    return pem_of(owner(EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", std::size_t{bits})).get());
}

std::string curve_pem(char const* curve) {
    bool const edwards = std::string_view(curve).starts_with("ED");
    return pem_of(owner(edwards ? EVP_PKEY_Q_keygen(nullptr, nullptr, curve)
                                : EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", curve))
                      .get());
}

std::string base64url(std::string_view bytes_in) {
    constexpr char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    std::string text;
    unsigned bits = 0;
    int count = 0;
    for (unsigned char const c : bytes_in) {
        bits = (bits << 8 | c) & 0xffff;
        for (count += 8; count >= 6; count -= 6) text += digits[bits >> (count - 6) & 63];
    }
    if (count > 0) text += digits[bits << (6 - count) & 63];
    return text;
}
