#pragma once

#include <string_view>

namespace fibercast {

/// Throws `std::invalid_argument` unless RE2 reads the regular expression as ECMAScript does with
/// its flag 'v', for text in ASCII: patterns are also what tokens grant.
void check_custom_regexp(std::string_view text);

}  // namespace fibercast
