#pragma once

#include <fibercast/api.hpp>

#include <memory>

namespace spdlog {
class logger;
}

namespace fibercast {

/// What the library logs to: a logger to stderr, unless the program has set another. Any thread.
/// Include <spdlog/logger.h> to use it.
FIBERCAST_API spdlog::logger& log() noexcept;

/// Makes the library log to `logger` from now on; to its own one again when that is null. Returns
/// what it logged to before, which stays usable to the end of the program: another thread may be
/// writing to it. Any thread. Give it a sink that never waits (such as an asynchronous one): the
/// workers write to it, and a worker that waits for a reader of the log serves nobody.
FIBERCAST_API std::shared_ptr<spdlog::logger> set_logger(std::shared_ptr<spdlog::logger> logger);

}  // namespace fibercast
