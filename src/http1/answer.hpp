#pragma once

#include <fibercast/http/handler.hpp>
#include <fibercast/http/peer.hpp>

#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>

namespace fibercast {

/// The request that Beast has parsed, without Beast. Its header must have passed `refusal`; `from`
/// must outlive it.
request request_of(boost::beast::http::request<boost::beast::http::string_body>&& parsed,
                   peer const& from);

/// What the handler answers; when it throws, the status of a `request_error`, or 500 and a line in
/// the log. Suspends as it does.
response answer_to(request const& asked, handler const& answer);

}  // namespace fibercast
