#include "signature.hpp"

#include <openssl/crypto.h>
#include <openssl/rsa.h>

#include <array>
#include <optional>
#include <string>

namespace fibercast {
namespace {

using namespace openssl;

constexpr std::size_t es256_half = 32;  // of the bytes of r, and of s

EVP_MD const* hash_of(signing_algorithm algorithm) noexcept {
    switch (algorithm) {
    case signing_algorithm::hs384: return EVP_sha384();
    case signing_algorithm::hs512: return EVP_sha512();
    case signing_algorithm::eddsa: return nullptr;  // it has its own
    default: return EVP_sha256();
    }
}

bool is_mac(EVP_PKEY& key, signing_algorithm algorithm, std::string_view text,
            std::string_view signature) {
    digest_context const context(made(EVP_MD_CTX_new()));
    std::array<unsigned char, EVP_MAX_MD_SIZE> mac;
    std::size_t size = mac.size();
    if (EVP_DigestSignInit(context.get(), nullptr, hash_of(algorithm), nullptr, &key) != 1 ||
        EVP_DigestSign(context.get(), mac.data(), &size, bytes(text.data()), text.size()) != 1)
        throw std::bad_alloc();
    // In constant time: how much of a forged one is right must not be seen.
    return signature.size() == size && CRYPTO_memcmp(mac.data(), signature.data(), size) == 0;
}

/// Tokens have r and s one behind the other, OpenSSL wants them as DER.
std::optional<std::string> as_der(std::string_view signature) {
    if (signature.size() != 2 * es256_half) return std::nullopt;
    auto const* const first = bytes(signature.data());
    ecdsa_signature const both(made(ECDSA_SIG_new()));
    big_number r(made(BN_bin2bn(first, es256_half, nullptr)));
    big_number s(made(BN_bin2bn(first + es256_half, es256_half, nullptr)));
    ECDSA_SIG_set0(both.get(), r.release(), s.release());
    std::string der(static_cast<std::size_t>(i2d_ECDSA_SIG(both.get(), nullptr)), '\0');
    auto* out = reinterpret_cast<unsigned char*>(der.data());
    i2d_ECDSA_SIG(both.get(), &out);
    return der;
}

/// OpenSSL takes a PSS signature without the zeros in front of it for the same one; RFC 8017,
/// section 8.1.2, wants it as long as the modulus.
bool has_length_of_key(EVP_PKEY& rsa, std::string_view signature) noexcept {
    return signature.size() == static_cast<std::size_t>(EVP_PKEY_get_size(&rsa));
}

bool use_pss(EVP_PKEY_CTX* context) noexcept {
    return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) == 1 &&
           EVP_PKEY_CTX_set_rsa_pss_saltlen(context, RSA_PSS_SALTLEN_DIGEST) == 1 &&
           EVP_PKEY_CTX_set_rsa_mgf1_md(context, EVP_sha256()) == 1;
}

}  // namespace

bool is_signature(EVP_PKEY& key, signing_algorithm algorithm, std::string_view text,
                  std::string_view signature) {
    if (shortest_secret(algorithm) != 0) return is_mac(key, algorithm, text, signature);
    std::optional<std::string> der;
    if (algorithm == signing_algorithm::es256) {
        der = as_der(signature);
        if (!der) return false;
        signature = *der;
    }
    digest_context const context(made(EVP_MD_CTX_new()));
    EVP_PKEY_CTX* of_key = nullptr;  // the context's
    if (EVP_DigestVerifyInit(context.get(), &of_key, hash_of(algorithm), nullptr, &key) != 1)
        return false;
    if (algorithm == signing_algorithm::ps256 &&
        (!has_length_of_key(key, signature) || !use_pss(of_key)))
        return false;
    return EVP_DigestVerify(context.get(), bytes(signature.data()), signature.size(),
                            bytes(text.data()), text.size()) == 1;
}

}  // namespace fibercast
