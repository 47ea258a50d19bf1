#pragma once

#include "head_parser.hpp"
#include "rejection.hpp"

#include <fibercast/http/handler.hpp>
#include <fibercast/http/peer.hpp>

#include <string>

namespace fibercast {

/// The request with this head, which must not have been `rejected`; `from` must outlive it.
request request_of(request_head&& head, std::string body, peer const& from);

/// What the handler answers; when it throws, the status of a `request_error`, or a line in the log
/// and 503 for `std::bad_alloc`, 500 for anything else. Suspends as it does.
response answer_to(request const& asked, handler const& answer);

/// What a request is answered that no handler gets.
response answer_to(rejection const& refused);

}  // namespace fibercast
