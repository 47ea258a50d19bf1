#include "support/captured_log.hpp"

#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

captured_log::captured_log() : previous_(spdlog::default_logger()) {
    auto const sink = std::make_shared<spdlog::sinks::ostream_sink_mt>(text_);
    auto const logger = std::make_shared<spdlog::logger>("captured", sink);
    logger->set_pattern("%l: %v");
    spdlog::set_default_logger(logger);
}

captured_log::~captured_log() { spdlog::set_default_logger(previous_); }
