#pragma once

#include <fibercast/api.hpp>
#include <fibercast/http/handler.hpp>

namespace fibercast {

/// What a handler answers; when it throws, what the connection would answer for it: the status of a
/// `request_error`, 503 for `std::bad_alloc`, 500 for anything else, with the same line in the log.
/// For what is put around handlers and has to see each of their answers. Suspends as the handler
/// does. Throws `std::bad_alloc`, when there is no memory to say so.
FIBERCAST_API response answered(request const& asked, handler const& by);

}  // namespace fibercast
