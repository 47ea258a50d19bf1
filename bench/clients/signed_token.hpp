#pragma once

#include <string>
#include <string_view>

namespace bench {

/// A JSON Web Token, signed by HMAC with SHA-256 (RFC 7515, `HS256`). `header` and `claims` are
/// JSON that goes into it as it is. Throws `failure` if OpenSSL cannot.
std::string signed_token(std::string_view header, std::string_view claims, std::string_view secret);

}  // namespace bench
