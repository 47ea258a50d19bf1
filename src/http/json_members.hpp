#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace fibercast {

/// The first name that two members of one object have, at whatever depth; `text` must be JSON.
/// Boost's parser keeps the last of them without a word, so that one would be lost.
std::optional<std::string> member_given_twice(std::string_view text);

}  // namespace fibercast
