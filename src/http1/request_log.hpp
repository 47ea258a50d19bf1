#pragma once

#include "rejection.hpp"

#include <fibercast/http/peer.hpp>
#include <fibercast/http/request.hpp>

#include <string_view>

namespace fibercast {

/// Method and path for a line of the log, safe to print.
std::string described(request const& asked);

// What is said of requests that come to nothing. Text of a client or of what a handler has thrown,
// which may quote it, is escaped. Lines that any client could cause at will are for debugging. For
// want of memory they may be missing.

/// The connection has refused a request before any handler saw it.
void log_rejection(peer const& from, rejection const& what) noexcept;

/// A request did not arrive in time.
void log_timeout(peer const& from) noexcept;

/// A handler has found the request at fault.
void log_request_error(request const& asked, status code, std::string_view why) noexcept;

/// A handler has thrown. A hundred lines in ten seconds; what was left out is counted in the next.
void log_failure(request const& asked, std::string_view why) noexcept;

}  // namespace fibercast
