#include "support/captured_log.hpp"

#include <fibercast/runtime/log.hpp>

#include <spdlog/logger.h>
#include <spdlog/sinks/ostream_sink.h>

#include <utility>

captured_log::captured_log(spdlog::level::level_enum from) {
    auto const sink = std::make_shared<spdlog::sinks::ostream_sink_mt>(text_);
    auto logger = std::make_shared<spdlog::logger>("captured", sink);
    logger->set_pattern("%l: %v");
    logger->set_level(from);
    previous_ = fibercast::set_logger(std::move(logger));
}

captured_log::~captured_log() { fibercast::set_logger(previous_); }
