#pragma once

#include <fibercast/http/status.hpp>

#include <boost/beast/http/message.hpp>
#include <boost/system/error_code.hpp>

#include <optional>

namespace fibercast {

/// Whether a header that Beast has parsed is one we go on with. Closes the gaps through which
/// requests are smuggled past Beast 1.81, and asks for exactly one Host; otherwise the status to
/// refuse with.
std::optional<status> refusal(boost::beast::http::request_header<> const& header);

/// Whether the client waits for a word before it sends its body.
bool expects_continue(boost::beast::http::request_header<> const& header);

/// The status that answers a failed read; none when there is nobody to answer: the peer has gone or
/// was too slow.
std::optional<status> status_for(boost::system::error_code error);

}  // namespace fibercast
