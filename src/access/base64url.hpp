#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace fibercast {

/// The bytes of a text in base64url as tokens have it (RFC 7515, appendix C): no padding, no
/// blanks, and no bits that mean nothing, so that there is one text for each value. Nothing for
/// another.
std::optional<std::string> base64url_decoded(std::string_view text);

}  // namespace fibercast
