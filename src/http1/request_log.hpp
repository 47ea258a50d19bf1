#pragma once

#include "rejection.hpp"

#include <fibercast/http/peer.hpp>

namespace fibercast {

// What is said of requests that no handler gets: for debugging, for any client can cause them at
// will. For want of memory they may be missing.

/// The connection has refused a request before any handler saw it.
void log_rejection(peer const& from, rejection const& what) noexcept;

/// A request did not arrive in time.
void log_timeout(peer const& from) noexcept;

}  // namespace fibercast
