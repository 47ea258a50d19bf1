#include "process_log.hpp"

#include <fibercast/runtime/log.hpp>

#include <fmt/format.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/base_sink.h>

#include <unistd.h>

#include <mutex>
#include <string>
#include <utility>

namespace fibercast::app {
namespace {

constexpr std::size_t capacity = 256 * 1024;
class sink final : public spdlog::sinks::base_sink<std::mutex> {
public:
    sink(std::weak_ptr<text_output> to, log_format as)
        : to_(std::move(to)), format_(as), coloured_(::isatty(STDERR_FILENO) != 0) {}

private:
    void sink_it_(spdlog::details::log_msg const& message) override {
        // The library keeps its loggers for ever.
        if (auto const to = to_.lock()) to->write(log_line(message, format_, coloured_));
    }
    void flush_() override {}

    std::weak_ptr<text_output> const to_;
    log_format const format_;
    bool const coloured_;
};

std::string missing_lines(std::uint64_t count, log_format as) {
    auto const text = fmt::format("{} line{} of the log were dropped here, as nobody read them",
                                  count, count == 1 ? "" : "s");
    return log_line(spdlog::details::log_msg("fibercast", spdlog::level::warn, text), as);
}

}  // namespace

process_log::process_log(spdlog::level::level_enum least, log_format as)
    : format_(as),
      output_(std::make_shared<text_output>(STDERR_FILENO, capacity, [as](std::uint64_t count) {
          return missing_lines(count, as);
      })) {
    auto logger =
        std::make_shared<spdlog::logger>("fibercast", std::make_shared<sink>(output_, as));
    logger->set_level(least);
    logger->set_error_handler([](std::string const&) {});  // its own one writes to standard error
    set_logger(std::move(logger));
}

process_log::~process_log() { set_logger(std::make_shared<spdlog::logger>("fibercast")); }

}  // namespace fibercast::app
