#include "size_text.hpp"

#include <fmt/format.h>

#include <charconv>
#include <system_error>

namespace fibercast::app {
namespace {

struct unit {
    std::string_view name;
    std::uint64_t bytes;
};

constexpr unit units[] = {{"GiB", 1 << 30}, {"MiB", 1 << 20}, {"KiB", 1 << 10}, {"", 1}};
constexpr std::uint64_t tebibyte = std::uint64_t{1} << 40;

}  // namespace

std::optional<std::uint64_t> parse_size(std::string_view text) noexcept {
    std::uint64_t number = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || number > tebibyte) return std::nullopt;
    auto const name = text.substr(static_cast<std::size_t>(end - text.data()));
    for (auto const& each : units) {
        if (name == each.name && number * each.bytes <= tebibyte) return number * each.bytes;
    }
    return std::nullopt;
}

std::string size_text(std::uint64_t bytes) {
    if (bytes == 0) return "0";
    for (auto const& each : units) {
        if (bytes % each.bytes == 0) return fmt::format("{}{}", bytes / each.bytes, each.name);
    }
    return {};
}

}  // namespace fibercast::app
