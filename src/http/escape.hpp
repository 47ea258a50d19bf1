#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace fibercast {

/// Text of a stranger made safe to print: what could move the cursor, start a terminal's command,
/// reorder or hide text, or is no UTF-8, is written as `\n`, `\x1b` or `\u{202e}`.
std::string escaped(std::string_view text);

/// The same in quotes and not much longer than a word: for messages that say what is wrong.
std::string in_quotes(std::string_view text);

/// For lines that programs read: cut after so many bytes, and a quote within is `\'`.
std::string in_quotes(std::string_view text, std::size_t longest);

}  // namespace fibercast
