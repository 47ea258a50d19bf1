#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace fibercast {

/// A piece of a pattern's text (the standard's section 2.1.1). Views into the text.
struct pattern_token {
    enum class kind {
        open,            ///< {
        close,           ///< }
        regexp,          ///< (value)
        name,            ///< :value
        one_char,        ///< A character that stands for itself.
        escaped_char,    ///< \value
        other_modifier,  ///< ? or +
        asterisk,        ///< *
        end,
        invalid_char
    };

    kind type;
    std::size_t index;  ///< Where it begins, in bytes.
    std::string_view value;
};

enum class token_policy {
    strict,  ///< What is wrong throws.
    lenient  ///< What is wrong is an `invalid_char`.
};

/// The tokens of a text in UTF-8, with an `end` at the end. Throws `std::invalid_argument`.
std::vector<pattern_token> pattern_tokens(std::string_view text, token_policy policy);

}  // namespace fibercast
