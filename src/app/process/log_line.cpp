#include "log_line.hpp"

#include "service/json_text.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>

namespace fibercast::app {
namespace {

std::string_view name_of(spdlog::level::level_enum level) noexcept {
    auto const name = spdlog::level::to_string_view(level);
    return {name.data(), name.size()};
}

std::string_view colour_of(spdlog::level::level_enum level) noexcept {
    switch (level) {
    case spdlog::level::debug: return "\x1b[36m";
    case spdlog::level::info: return "\x1b[32m";
    case spdlog::level::warn: return "\x1b[33;1m";
    case spdlog::level::err:
    case spdlog::level::critical: return "\x1b[31;1m";
    default: return "\x1b[37m";
    }
}

struct moment {
    std::time_t seconds;
    int milliseconds;
};

moment moment_of(spdlog::log_clock::time_point time) noexcept {
    auto const whole = std::chrono::floor<std::chrono::seconds>(time);
    auto const rest = std::chrono::floor<std::chrono::milliseconds>(time - whole);
    return {spdlog::log_clock::to_time_t(whole), static_cast<int>(rest.count())};
}

/// RFC 3339 in UTC, so that lines of many machines can be sorted.
std::string as_json(spdlog::log_clock::time_point time, spdlog::level::level_enum level,
                    std::string_view message) {
    auto const [seconds, milliseconds] = moment_of(time);
    return fmt::format(R"({{"time":"{:%Y-%m-%dT%H:%M:%S}.{:03}Z","level":"{}","message":{}}})"
                       "\n",
                       fmt::gmtime(seconds), milliseconds, name_of(level), json_text(message));
}

}  // namespace

std::string log_line(spdlog::details::log_msg const& message, log_format as, bool coloured) {
    std::string_view const text(message.payload.data(), message.payload.size());
    if (as == log_format::json) return as_json(message.time, message.level, text);
    auto const [seconds, milliseconds] = moment_of(message.time);
    return fmt::format("{:%Y-%m-%d %H:%M:%S}.{:03} {}{}{} {}\n", fmt::localtime(seconds),
                       milliseconds, coloured ? colour_of(message.level) : "",
                       name_of(message.level), coloured ? "\x1b[m" : "", text);
}

std::string log_remark(std::string_view text, log_format as) {
    if (as == log_format::text) return std::string(text);
    std::string lines;
    while (!text.empty()) {
        auto const end = std::min(text.find('\n'), text.size());
        lines += as_json(spdlog::log_clock::now(), spdlog::level::info, text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

}  // namespace fibercast::app
