#include <fibercast/runtime/log.hpp>

#include <spdlog/logger.h>
#include <spdlog/sinks/stdout_color_sinks.h>

#include <atomic>
#include <mutex>
#include <utility>
#include <vector>

namespace fibercast {
namespace {

std::shared_ptr<spdlog::logger> stderr_logger() {
    return std::make_shared<spdlog::logger>(
        "fibercast", std::make_shared<spdlog::sinks::stderr_color_sink_mt>());
}

/// Never destroyed: a server in a static variable may log after the end of main. A program sets its
/// logger once or twice, so that keeping them all costs nothing and makes `log` one load.
struct loggers {
    std::shared_ptr<spdlog::logger> const own = stderr_logger();
    std::atomic<spdlog::logger*> current = own.get();
    std::mutex mutex;
    std::vector<std::shared_ptr<spdlog::logger>> all{own};  // the last is the current one
};

loggers& the_loggers() {
    static auto& all = *new loggers;
    return all;
}

// Before main, where a shortage of memory is nobody's surprise: `log` must not throw.
[[maybe_unused]] auto& made_early = the_loggers();

}  // namespace

spdlog::logger& log() noexcept { return *the_loggers().current.load(std::memory_order_acquire); }

std::shared_ptr<spdlog::logger> set_logger(std::shared_ptr<spdlog::logger> logger) {
    auto& [own, current, mutex, all] = the_loggers();
    std::lock_guard const lock(mutex);
    auto previous = all.back();
    if (!logger) logger = own;
    all.push_back(std::move(logger));
    current.store(all.back().get(), std::memory_order_release);
    return previous;
}

}  // namespace fibercast
