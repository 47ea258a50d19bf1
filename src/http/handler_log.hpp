#pragma once

#include <fibercast/http/request.hpp>
#include <fibercast/http/status.hpp>

#include <string>
#include <string_view>

namespace fibercast {

/// Method and path for a line of the log, safe to print.
std::string described(request const& asked);

// What is said of requests whose handlers come to nothing. Text of a client or of what a handler has
// thrown, which may quote it, is escaped. Lines that any client could cause at will are for
// debugging. For want of memory they may be missing.

/// A handler has found the request at fault.
void log_request_error(request const& asked, status code, std::string_view why) noexcept;

/// A handler has thrown. A hundred lines in ten seconds; what was left out is counted in the next.
void log_failure(request const& asked, std::string_view why) noexcept;

}  // namespace fibercast
