#pragma once

#include <spdlog/logger.h>

#include <memory>
#include <string>

/// While one lives, it takes what the library logs.
class captured_log {
public:
    explicit captured_log(spdlog::level::level_enum from = spdlog::level::info);
    ~captured_log();
    captured_log(captured_log const&) = delete;
    captured_log& operator=(captured_log const&) = delete;

    /// What was logged so far. Any thread.
    std::string text() const;

private:
    class lines;

    std::shared_ptr<lines> lines_;
    std::shared_ptr<spdlog::logger> previous_;
};
