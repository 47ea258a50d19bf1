#pragma once

#include <fibercast/access/signing_algorithm.hpp>
#include <fibercast/api.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct evp_pkey_st;  // OpenSSL's EVP_PKEY

namespace fibercast {

/// A key that tokens are verified with, and the one algorithm that it is for: what a token says of
/// its algorithm chooses nothing. Immutable: copies share it, and any thread may verify.
///
/// What makes one throws `std::invalid_argument`, with a sentence that says why, when there is no
/// such key, the key does not fit the algorithm, or is too weak for it: a secret shorter than the
/// hash, RSA of less than 2048 bits.
class FIBERCAST_API verification_key {
public:
    /// A public key as PEM (`BEGIN PUBLIC KEY`). Its algorithm, if none is named: RS256 for RSA,
    /// ES256 for P-256, EdDSA for Ed25519.
    static verification_key from_pem(std::string_view pem,
                                     std::optional<signing_algorithm> algorithm = {});

    /// A secret that the issuer has too, for HS256, HS384 or HS512.
    static verification_key from_secret(std::string_view bytes,
                                        signing_algorithm algorithm = signing_algorithm::hs256);

    /// A JSON Web Key (RFC 7517). Its algorithm is `alg`; without, the one that a PEM would have. A
    /// secret (`oct`) must name it.
    static verification_key from_jwk(std::string_view json);

    verification_key(std::shared_ptr<evp_pkey_st> key, signing_algorithm algorithm,
                     std::string id = {});

    signing_algorithm algorithm() const noexcept { return algorithm_; }
    /// The `kid` of a JWK; empty without one.
    std::string const& id() const noexcept { return id_; }

    /// Whether this is the text's signature. Throws `std::bad_alloc`.
    bool verify(std::string_view text, std::string_view signature) const;

private:
    std::shared_ptr<evp_pkey_st> key_;
    signing_algorithm algorithm_;
    std::string id_;
};

}  // namespace fibercast
