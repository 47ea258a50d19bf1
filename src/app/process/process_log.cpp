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
    sink(std::weak_ptr<text_output> to, log_format as, bool coloured)
        : to_(std::move(to)), format_(as), coloured_(coloured) {}

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
    auto const text =
        fmt::format("{} line{} of the log were dropped here, as they could not be written", count,
                    count == 1 ? "" : "s");
    return log_line(spdlog::details::log_msg("fibercast", spdlog::level::warn, text), as);
}

std::shared_ptr<text_output> output_to(std::shared_ptr<log_file> const& file, log_format as) {
    int const fd = file ? file->native_handle() : STDERR_FILENO;
    // Keeps the file open for as long as a thread may write to it.
    auto const missing = [as, file](std::uint64_t count) { return missing_lines(count, as); };
    return std::make_shared<text_output>(fd, capacity, missing);
}

}  // namespace

process_log::process_log(spdlog::level::level_enum least, log_format as, std::string const& file)
    : format_(as),
      on_terminal_(file.empty() && ::isatty(STDERR_FILENO) != 0),
      file_(file.empty() ? nullptr : std::make_shared<log_file>(file)),
      output_(output_to(file_, as)),
      logger_(std::make_shared<spdlog::logger>("fibercast",
                                               std::make_shared<sink>(output_, as, on_terminal_))) {
    logger_->set_level(least);
    logger_->set_error_handler([](std::string const&) {});  // its own one writes to standard error
    set_logger(logger_);
}

bool process_log::terminal_is_gone() const noexcept {
    return on_terminal_ && ::isatty(STDERR_FILENO) == 0;
}

process_log::~process_log() { set_logger(std::make_shared<spdlog::logger>("fibercast")); }

}  // namespace fibercast::app
