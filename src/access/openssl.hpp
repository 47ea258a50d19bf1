#pragma once

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

#include <memory>
#include <new>

namespace fibercast::openssl {

/// What OpenSSL has noted of failures is this thread's, which other fibers have too.
struct clean_errors {
    clean_errors() = default;
    ~clean_errors() { ERR_clear_error(); }
    clean_errors(clean_errors const&) = delete;
    clean_errors& operator=(clean_errors const&) = delete;
};

template <auto Free>
struct deleter {
    template <typename T>
    void operator()(T* it) const noexcept {
        Free(it);
    }
};

template <typename T, auto Free>
using owned = std::unique_ptr<T, deleter<Free>>;

using big_number = owned<BIGNUM, BN_free>;
using digest_context = owned<EVP_MD_CTX, EVP_MD_CTX_free>;
using key_context = owned<EVP_PKEY_CTX, EVP_PKEY_CTX_free>;
using ecdsa_signature = owned<ECDSA_SIG, ECDSA_SIG_free>;
using memory_bio = owned<BIO, BIO_free>;
using param_builder = owned<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free>;
using params = owned<OSSL_PARAM, OSSL_PARAM_free>;
using key = std::shared_ptr<EVP_PKEY>;

/// For what OpenSSL makes, unless there is no memory.
template <typename T>
T* made(T* it) {
    if (it == nullptr) throw std::bad_alloc();
    return it;
}

inline unsigned char const* bytes(char const* text) noexcept {
    return reinterpret_cast<unsigned char const*>(text);
}

}  // namespace fibercast::openssl
