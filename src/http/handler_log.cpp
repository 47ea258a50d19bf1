#include "handler_log.hpp"

#include "escape.hpp"
#include "runtime/log_throttle.hpp"

#include <fibercast/runtime/log.hpp>

#include <fmt/format.h>
#include <spdlog/logger.h>

#include <exception>

namespace fibercast {

std::string described(request const& asked) {
    return escaped(asked.method()) + " '" + escaped(asked.raw_path()) + "'";
}

void log_request_error(request const& asked, status code, std::string_view why) noexcept try {
    if (!log().should_log(spdlog::level::debug)) return;
    log().debug("{}: {} is answered with {}: {}", asked.peer().text(), described(asked),
                static_cast<unsigned>(code), escaped(why));
} catch (std::exception const&) {
}

void log_failure(request const& asked, std::string_view why) noexcept try {
    // Any client can cause these, too, once a handler has a fault or memory is short.
    static log_throttle failures(100);
    auto const times = failures.next();
    if (!times) return;
    auto const more = *times <= 1 ? "" : fmt::format(", the last of {} failures", *times);
    log().error("the handler of {} has thrown: '{}'{}", described(asked), escaped(why), more);
} catch (std::exception const&) {
}

}  // namespace fibercast
