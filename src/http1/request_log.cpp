#include "request_log.hpp"

#include <fibercast/runtime/log.hpp>

#include <spdlog/logger.h>

#include <exception>

namespace fibercast {

void log_rejection(peer const& from, rejection const& what) noexcept try {
    if (!log().should_log(spdlog::level::debug)) return;
    log().debug("{}: refused with {}: {}", from.address().text(), static_cast<unsigned>(what.code),
                what.why);
} catch (std::exception const&) {
}

void log_timeout(peer const& from) noexcept try {
    if (!log().should_log(spdlog::level::debug)) return;
    log().debug("{}: closed, its request did not arrive in time", from.address().text());
} catch (std::exception const&) {
}

}  // namespace fibercast
