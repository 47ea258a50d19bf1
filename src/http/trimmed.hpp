#pragma once

#include <algorithm>
#include <string_view>

namespace fibercast {

/// Without the blanks at both ends that HTTP allows in its lists.
inline std::string_view trimmed(std::string_view text) noexcept {
    constexpr std::string_view blanks = " \t";
    text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
    return text.substr(0, text.find_last_not_of(blanks) + 1);
}

}  // namespace fibercast
