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

/// What stands before the first separator, or all, without blanks; takes that away, and the
/// separator.
inline std::string_view taken_to(std::string_view& from, char separator) noexcept {
    auto const end = std::min(from.find(separator), from.size());
    auto const taken = from.substr(0, end);
    from.remove_prefix(std::min(end + 1, from.size()));
    return trimmed(taken);
}

}  // namespace fibercast
