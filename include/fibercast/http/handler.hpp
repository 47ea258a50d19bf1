#pragma once

#include <fibercast/api.hpp>
#include <fibercast/http/request.hpp>
#include <fibercast/http/response.hpp>

#include <functional>

namespace fibercast {

/// Answers a request. Runs in a fiber and may suspend. On many workers at once: what
/// it shares must be safe for that. A `request_error` that leaves it becomes a response of its
/// status; `std::bad_alloc` one with status 503, if there is the memory for that, and any other
/// exception one with status 500. Fibers are used again for other connections, so a
/// `fiber_specific_ptr` of Boost's may hold what the last one left.
///
/// A `router` is one handler among others. What is to happen around a handler is a function from
/// handler to handler:
///
///     fibercast::handler not_cached(fibercast::handler inner) {
///         return [inner = std::move(inner)](fibercast::request const& asked) {
///             return inner(asked).set("Cache-Control", "no-store");
///         };
///     }
using handler = std::function<response(request const&)>;

}  // namespace fibercast
