#pragma once

#include <fibercast/access/signing_algorithm.hpp>

#include <memory>
#include <string>
#include <string_view>

struct evp_pkey_st;

/// An issuer's key, made for the test: it signs, as fibercast never does.
class signing_key {
public:
    /// One of that algorithm. The key of RSA is the same for all who ask, as it takes long to make.
    explicit signing_key(fibercast::signing_algorithm algorithm);
    /// A secret that is known.
    signing_key(fibercast::signing_algorithm algorithm, std::string secret);

    fibercast::signing_algorithm algorithm() const noexcept { return algorithm_; }
    std::string const& secret() const noexcept { return secret_; }
    std::string public_pem() const;
    /// The public key, or the secret, as a JWK.
    std::string jwk(std::string const& more_members = "") const;

    std::string sign(std::string_view text) const;
    /// With a secret's algorithm, the public PEM as secret: what an attacker would try.
    static std::string mac(std::string_view secret, std::string_view text);

private:
    fibercast::signing_algorithm algorithm_;
    std::string secret_;
    std::shared_ptr<evp_pkey_st> key_;
};

/// A key of RSA with so many bits, as PEM.
std::string rsa_pem(unsigned bits);
/// One of an elliptic curve, by OpenSSL's name.
std::string curve_pem(char const* curve);

std::string base64url(std::string_view bytes);
