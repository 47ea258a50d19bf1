#include "process_log.hpp"

#include <fibercast/runtime/log.hpp>

#include <fmt/format.h>
#include <spdlog/logger.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/base_sink.h>

#include <unistd.h>

#include <mutex>
#include <string>
#include <utility>

namespace fibercast::app {
namespace {

constexpr std::size_t capacity = 256 * 1024;
constexpr char const* pattern = "%Y-%m-%d %H:%M:%S.%e %^%l%$ %v";

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

/// The level's name in the level's colour.
std::string coloured(std::string_view line, spdlog::details::log_msg const& of) {
    return fmt::format("{}{}{}\x1b[m{}", line.substr(0, of.color_range_start), colour_of(of.level),
                       line.substr(of.color_range_start, of.color_range_end - of.color_range_start),
                       line.substr(of.color_range_end));
}

class sink final : public spdlog::sinks::base_sink<std::mutex> {
public:
    explicit sink(std::weak_ptr<text_output> to)
        : to_(std::move(to)), colours_(::isatty(STDERR_FILENO) != 0) {}

private:
    void sink_it_(spdlog::details::log_msg const& message) override {
        auto const to = to_.lock();
        if (!to) return;  // the library keeps its loggers for ever
        spdlog::memory_buf_t buffer;
        formatter_->format(message, buffer);
        std::string_view const line(buffer.data(), buffer.size());
        if (colours_)
            to->write(coloured(line, message));
        else
            to->write(line);
    }
    void flush_() override {}

    std::weak_ptr<text_output> const to_;
    bool const colours_;
};

std::string missing_lines(std::uint64_t count) {
    auto const text = fmt::format("{} line{} of the log were dropped here, as nobody read them",
                                  count, count == 1 ? "" : "s");
    spdlog::memory_buf_t line;
    spdlog::pattern_formatter(pattern).format(
        spdlog::details::log_msg("fibercast", spdlog::level::warn, text), line);
    return fmt::to_string(line);
}

}  // namespace

process_log::process_log(spdlog::level::level_enum least)
    : output_(std::make_shared<text_output>(STDERR_FILENO, capacity, missing_lines)) {
    auto logger = std::make_shared<spdlog::logger>("fibercast", std::make_shared<sink>(output_));
    logger->set_pattern(pattern);
    logger->set_level(least);
    logger->set_error_handler([](std::string const&) {});  // its own one writes to standard error
    set_logger(std::move(logger));
}

process_log::~process_log() { set_logger(std::make_shared<spdlog::logger>("fibercast")); }

}  // namespace fibercast::app
