#include "clients/signed_token.hpp"

#include "process/failure.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <array>

namespace bench {
namespace {

unsigned char const* octets(std::string_view text) {
    return reinterpret_cast<unsigned char const*>(text.data());
}

/// RFC 4648, section 5, without padding.
std::string base64url(std::string_view bytes) {
    std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');  // OpenSSL ends it with a zero
    auto* const to = reinterpret_cast<unsigned char*>(text.data());
    ::EVP_EncodeBlock(to, octets(bytes), static_cast<int>(bytes.size()));
    text.resize((bytes.size() * 4 + 2) / 3);
    std::ranges::replace(text, '+', '-');
    std::ranges::replace(text, '/', '_');
    return text;
}

std::string hmac_sha256(std::string_view text, std::string_view secret) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> code;
    std::size_t size = 0;
    if (!::EVP_Q_mac(nullptr, "HMAC", nullptr, "SHA256", nullptr, secret.data(), secret.size(),
                     octets(text), text.size(), code.data(), code.size(), &size))
        throw failure{"OpenSSL cannot sign by HMAC with SHA-256"};
    return {reinterpret_cast<char const*>(code.data()), size};
}

}  // namespace

std::string signed_token(std::string_view header, std::string_view claims,
                         std::string_view secret) {
    auto const text = base64url(header) + '.' + base64url(claims);
    return text + '.' + base64url(hmac_sha256(text, secret));
}

}  // namespace bench
