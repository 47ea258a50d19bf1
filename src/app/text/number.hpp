#pragma once

#include <charconv>
#include <optional>
#include <string_view>
#include <system_error>

namespace fibercast::app {

/// The decimal number that all of `text` is, if it is one from `least` to `most`.
template <typename Number>
std::optional<Number> parse_number(std::string_view text, Number least, Number most) noexcept {
    Number number{};
    auto const* const end = text.data() + text.size();
    auto const parsed = std::from_chars(text.data(), end, number);
    if (parsed.ec != std::errc() || parsed.ptr != end) return std::nullopt;
    if (number < least || number > most) return std::nullopt;
    return number;
}

}  // namespace fibercast::app
