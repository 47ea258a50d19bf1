#pragma once

#include <string>
#include <string_view>

namespace fibercast {

/// A target for a log: in place of the values of `authorization` and `access_token` in its query
/// stands `...`. A name that cannot be decoded, or whose letters are percent-encoded or capitals,
/// might be one of them to somebody.
std::string public_target(std::string_view target);

}  // namespace fibercast
