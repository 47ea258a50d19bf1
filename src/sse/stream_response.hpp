#pragma once

#include <fibercast/coding/content_coding.hpp>
#include <fibercast/http/body.hpp>
#include <fibercast/http/response.hpp>

namespace fibercast {

/// The response whose body is a stream of events, which is in this coding already.
response stream_response(any_body events, content_coding coding = content_coding::identity);

}  // namespace fibercast
