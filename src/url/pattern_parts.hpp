#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace fibercast {

/// One piece of a component's pattern (the standard's section 2.1.3).
struct pattern_part {
    enum class kind {
        fixed_text,
        regexp,            ///< A group with a regular expression of its own, in `value`.
        segment_wildcard,  ///< `:name`: some characters, up to the next delimiter.
        full_wildcard      ///< `*`: all characters, or none.
    };

    kind type;
    std::string value;  ///< Of a fixed text and of a regexp.
    char modifier = 0;  ///< '?', '*' or '+'; 0: none.
    std::string name = {};
    std::string prefix = {}, suffix = {};  ///< Fixed text that the modifier counts with.
};

struct pattern_options {
    char delimiter = 0;  ///< Ends a segment; 0: nothing does.
    char prefix = 0;     ///< Belongs to the group behind it; 0: nothing does.
};

/// Brings fixed text into its canonical form. Throws `std::invalid_argument`.
using text_encoding = std::function<std::string(std::string_view)>;

/// Throws `std::invalid_argument` when it is no pattern.
std::vector<pattern_part> pattern_parts(std::string_view text, pattern_options options,
                                        text_encoding const& encoded);

}  // namespace fibercast
