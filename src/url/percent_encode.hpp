#pragma once

#include <string>
#include <string_view>

namespace fibercast {

/// What is encoded where: the percent-encode sets of the URL standard. What is no ASCII always is.
enum class percent_set { c0_control, fragment, query, special_query, path, userinfo };

/// Each byte of the set as `%XX`, in UTF-8.
std::string percent_encoded(std::string_view text, percent_set set);

/// RFC 3986, section 2.3: what never needs to be encoded.
bool is_unreserved(char c) noexcept;

}  // namespace fibercast
