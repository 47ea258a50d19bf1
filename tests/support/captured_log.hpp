#pragma once

#include <spdlog/logger.h>

#include <memory>
#include <sstream>
#include <string>

/// While one lives, it takes what the library logs.
class captured_log {
public:
    explicit captured_log(spdlog::level::level_enum from = spdlog::level::info);
    ~captured_log();
    captured_log(captured_log const&) = delete;
    captured_log& operator=(captured_log const&) = delete;

    /// What was logged so far. Only once nobody logs any more.
    std::string text() const { return text_.str(); }

private:
    std::ostringstream text_;
    std::shared_ptr<spdlog::logger> previous_;
};
