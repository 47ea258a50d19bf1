#include <fibercast/access/verification_key.hpp>

#include "openssl.hpp"
#include "signature.hpp"

#include <openssl/ec.h>
#include <openssl/pem.h>

#include <array>
#include <stdexcept>
#include <utility>

namespace fibercast {
namespace {

using namespace openssl;

constexpr int least_rsa_bits = 2048;

[[noreturn]] void refuse(std::string const& why) { throw std::invalid_argument(why); }

bool is_p256(EVP_PKEY const& key) {
    std::array<char, 32> name{};
    return EVP_PKEY_is_a(&key, "EC") == 1 &&
           EVP_PKEY_get_group_name(&key, name.data(), name.size(), nullptr) == 1 &&
           std::string_view(name.data()) == "prime256v1";
}

bool fits(EVP_PKEY const& key, signing_algorithm algorithm) {
    auto const is = [&](char const* kind) { return EVP_PKEY_is_a(&key, kind) == 1; };
    switch (algorithm) {
    case signing_algorithm::hs256:
    case signing_algorithm::hs384:
    case signing_algorithm::hs512: return is("HMAC");
    case signing_algorithm::rs256: return is("RSA");
    case signing_algorithm::ps256: return is("RSA") || is("RSA-PSS");
    case signing_algorithm::es256: return is_p256(key);
    case signing_algorithm::eddsa: return is("ED25519");
    }
    return false;
}

std::size_t secret_size(EVP_PKEY const& key) {
    std::size_t size = 0;
    return EVP_PKEY_get_raw_private_key(&key, nullptr, &size) == 1 ? size : 0;
}

void check_strength(EVP_PKEY& key, signing_algorithm algorithm) {
    if (auto const least = shortest_secret(algorithm); least != 0) {
        if (secret_size(key) >= least) return;
        refuse("a secret for " + std::string(name_of(algorithm)) + " has at least " +
               std::to_string(least) + " bytes");
    }
    if (algorithm == signing_algorithm::eddsa) return;
    if (algorithm != signing_algorithm::es256 && EVP_PKEY_get_bits(&key) < least_rsa_bits)
        refuse("a key of RSA has at least " + std::to_string(least_rsa_bits) + " bits");
    key_context const context(made(EVP_PKEY_CTX_new(&key, nullptr)));
    if (EVP_PKEY_public_check(context.get()) != 1) refuse("a public key that is none");
}

signing_algorithm usual_algorithm(EVP_PKEY const& key) {
    for (auto const each : {signing_algorithm::rs256, signing_algorithm::ps256,
                            signing_algorithm::es256, signing_algorithm::eddsa}) {
        if (fits(key, each)) return each;
    }
    refuse("a public key that is neither of RSA, nor P-256, nor Ed25519");
}

}  // namespace

verification_key::verification_key(std::shared_ptr<evp_pkey_st> key, signing_algorithm algorithm,
                                   std::string id)
    : key_(std::move(key)), algorithm_(algorithm), id_(std::move(id)) {
    clean_errors const at_end;
    if (!fits(*key_, algorithm_))
        refuse("a key that is not for " + std::string(name_of(algorithm_)));
    check_strength(*key_, algorithm_);
}

verification_key verification_key::from_pem(std::string_view pem,
                                            std::optional<signing_algorithm> algorithm) {
    clean_errors const at_end;
    if (pem.find("PRIVATE KEY-----") != pem.npos)
        refuse(
            "a private key, which only the issuer should have; its public key is what \"openssl "
            "pkey -pubout\" writes");
    memory_bio const file(made(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()))));
    auto const no_password = [](char*, int, int, void*) { return 0; };
    key const read(PEM_read_bio_PUBKEY(file.get(), nullptr, no_password, nullptr), EVP_PKEY_free);
    if (!read) refuse("no public key in PEM (BEGIN PUBLIC KEY)");
    return {read, algorithm ? *algorithm : usual_algorithm(*read)};
}

verification_key verification_key::from_secret(std::string_view secret,
                                               signing_algorithm algorithm) {
    if (shortest_secret(algorithm) == 0)
        refuse("a secret is not for " + std::string(name_of(algorithm)));
    clean_errors const at_end;
    key const made_of(made(EVP_PKEY_new_raw_private_key(EVP_PKEY_HMAC, nullptr,
                                                        bytes(secret.data()), secret.size())),
                      EVP_PKEY_free);
    return {made_of, algorithm};
}

bool verification_key::verify(std::string_view text, std::string_view signature) const {
    clean_errors const at_end;
    return is_signature(*key_, algorithm_, text, signature);
}

}  // namespace fibercast
