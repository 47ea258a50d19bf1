#include "support/captured_log.hpp"

#include <fibercast/runtime/log.hpp>

#include <spdlog/logger.h>
#include <spdlog/sinks/base_sink.h>

#include <mutex>
#include <utility>

class captured_log::lines final : public spdlog::sinks::base_sink<std::mutex> {
public:
    std::string text() {
        std::lock_guard const held(mutex_);
        return text_;
    }

private:
    void sink_it_(spdlog::details::log_msg const& message) override {
        spdlog::memory_buf_t line;
        formatter_->format(message, line);
        text_.append(line.data(), line.size());
    }
    void flush_() override {}

    std::string text_;
};

captured_log::captured_log(spdlog::level::level_enum from) : lines_(std::make_shared<lines>()) {
    auto logger = std::make_shared<spdlog::logger>("captured", lines_);
    logger->set_pattern("%l: %v");
    logger->set_level(from);
    previous_ = fibercast::set_logger(std::move(logger));
}

captured_log::~captured_log() { fibercast::set_logger(previous_); }

std::string captured_log::text() const { return lines_->text(); }
