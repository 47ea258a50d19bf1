#include "span_text.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cstdint>

namespace fibercast::app {
namespace {

struct unit {
    std::string_view name;
    std::int64_t milliseconds;
};

constexpr unit units[] = {{"h", 3'600'000}, {"m", 60'000}, {"s", 1'000}, {"ms", 1}};
constexpr std::int64_t day = 24 * 3'600'000;

}  // namespace

std::optional<std::chrono::milliseconds> parse_span(std::string_view text) noexcept {
    std::uint32_t number = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc()) return std::nullopt;
    auto const name = text.substr(static_cast<std::size_t>(end - text.data()));
    if (name.empty() && number == 0) return std::chrono::milliseconds(0);
    for (auto const& each : units) {
        if (name != each.name) continue;
        auto const span = static_cast<std::int64_t>(number) * each.milliseconds;
        if (span <= day) return std::chrono::milliseconds(span);
    }
    return std::nullopt;
}

std::string span_text(std::chrono::milliseconds span) {
    if (span.count() == 0) return "0";
    for (auto const& each : units) {
        if (span.count() % each.milliseconds == 0)
            return fmt::format("{}{}", span.count() / each.milliseconds, each.name);
    }
    return {};
}

std::string age_text(std::chrono::steady_clock::duration age) {
    auto const seconds = std::chrono::duration_cast<std::chrono::seconds>(age).count();
    if (seconds < 60) return fmt::format("{}s", seconds);
    if (seconds < 3'600) return fmt::format("{}m{:02}s", seconds / 60, seconds % 60);
    if (seconds < 86'400) return fmt::format("{}h{:02}m", seconds / 3'600, seconds / 60 % 60);
    return fmt::format("{}d{:02}h", seconds / 86'400, seconds / 3'600 % 24);
}

}  // namespace fibercast::app
