#pragma once

#include <fibercast/http/body.hpp>
#include <fibercast/http/response.hpp>

namespace fibercast {

/// The response whose body is a stream of events.
response stream_response(any_body events);

}  // namespace fibercast
