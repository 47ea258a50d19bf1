#pragma once

#include "served_connection.hpp"

#include "http1/request_counters.hpp"

#include <fibercast/http/handler.hpp>
#include <fibercast/server/endpoint.hpp>

namespace fibercast {

/// Owns `fd`, a connected socket, and serves it in the calling fiber until it is at its end, in the
/// list `all` meanwhile. This is where a connection's protocol is chosen.
void serve(int fd, served_connection::list& all, endpoint const& at, handler const& answer,
           request_counters& counters);

}  // namespace fibercast
