#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace fibercast::app {

/// Reads `500ms`, `10s`, `2m`, `1h` or `0`, up to a day; nothing for other texts.
std::optional<std::chrono::milliseconds> parse_span(std::string_view text) noexcept;

/// The same way round: the largest unit that is exact.
std::string span_text(std::chrono::milliseconds span);

/// How long something has lasted, for humans: `7s`, `12m05s`, `3h07m`, `2d04h`.
std::string age_text(std::chrono::steady_clock::duration age);

}  // namespace fibercast::app
