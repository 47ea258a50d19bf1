#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace fibercast::app {

/// Cuts the first word, and the blanks around it, off `rest`. Empty: there is none.
std::string_view take_word(std::string_view& rest) noexcept;

/// The one of `known` that was probably meant by `word`: case does not matter, and one or two
/// letters may be wrong, missing, too many or swapped. Empty: none is like it.
std::string_view nearest(std::string_view word, std::span<std::string_view const> known);

}  // namespace fibercast::app
