#include "service_manager.hpp"

#include <fibercast/runtime/log.hpp>

#include <fmt/format.h>
#include <spdlog/logger.h>

#include <time.h>

#include <cerrno>
#include <chrono>
#include <system_error>

namespace fibercast::app {
namespace {

/// The manager tells by it which of two reloads it hears of.
std::chrono::microseconds monotonic_time() noexcept {
    timespec now{};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    return std::chrono::duration_cast<std::chrono::microseconds>(
        std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec));
}

}  // namespace

void service_manager::ready(std::string_view status) {
    std::lock_guard const lock(mutex_);
    phase_ = phase::ready;
    send(fmt::format("READY=1\nSTATUS={}\n", status));
}

void service_manager::reloading() {
    std::lock_guard const lock(mutex_);
    if (phase_ != phase::ready) return;
    send(fmt::format("RELOADING=1\nMONOTONIC_USEC={}\n", monotonic_time().count()));
}

void service_manager::reloaded() {
    std::lock_guard const lock(mutex_);
    if (phase_ == phase::ready) send("READY=1\n");
}

void service_manager::stopping(std::string_view status) {
    std::lock_guard const lock(mutex_);
    phase_ = phase::stopping;
    send(fmt::format("STOPPING=1\nSTATUS={}\n", status));
}

void service_manager::alive() {
    std::lock_guard const lock(mutex_);
    send("WATCHDOG=1\n");
}

void service_manager::send(std::string_view text) {
    if (socket_.send(text)) return;
    std::error_code const why(errno, std::system_category());
    if (complained_) return;
    complained_ = true;
    log().warn("the service manager cannot be told how the service is: {}", why.message());
}

}  // namespace fibercast::app
