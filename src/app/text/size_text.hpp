#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fibercast::app {

/// Reads `65536`, `64KiB`, `1MiB` or `1GiB`, up to a tebibyte, as bytes; nothing for other texts.
std::optional<std::uint64_t> parse_size(std::string_view text) noexcept;

/// The same way round: the largest unit that is exact.
std::string size_text(std::uint64_t bytes);

}  // namespace fibercast::app
