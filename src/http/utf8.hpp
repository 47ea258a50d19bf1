#pragma once

#include <cstddef>
#include <string_view>

namespace fibercast {

/// One character of UTF-8.
struct utf8_character {
    char32_t code = 0;
    std::size_t bytes = 0;  ///< 0: the text does not start with a character.
};

/// The first character of `text`. Overlong forms, surrogates and what is beyond U+10FFFF are none.
utf8_character first_character(std::string_view text) noexcept;

bool is_utf8(std::string_view text) noexcept;

/// Whether it is a control character (C0, DEL, C1), or one that formats others and is not seen (Cf).
bool is_control_or_format(char32_t code) noexcept;

}  // namespace fibercast
