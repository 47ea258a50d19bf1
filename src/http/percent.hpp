#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace fibercast {

/// Whether two hexadecimal digits follow on each '%'.
bool is_percent_encoded(std::string_view text) noexcept;

/// What a text with percent-encoded bytes means; nothing when a '%' has no two hexadecimal digits
/// behind it. Any byte may come out, NUL too.
std::optional<std::string> percent_decoded(std::string_view text);

/// The same for the values of a form, where '+' means a space.
std::optional<std::string> form_decoded(std::string_view text);

/// The text with each `%XX` as its byte; a '%' without two digits stands for itself.
std::string percent_decoded_leniently(std::string_view text);

/// The value of a hexadecimal digit; -1 for what is none.
int hex_digit(char c) noexcept;

/// Text with all bytes encoded but letters, digits and `-._~`: as a part of a path, or a value.
std::string percent_encoded(std::string_view text);
/// The same, but for '/'.
std::string percent_encoded_path(std::string_view path);

}  // namespace fibercast
