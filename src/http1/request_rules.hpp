#pragma once

#include "rejection.hpp"

#include <boost/beast/http/message.hpp>
#include <boost/system/error_code.hpp>

#include <optional>

namespace fibercast {

/// Whether a header that Beast has parsed is one we go on with. Closes the gaps through which
/// requests are smuggled past Beast 1.81, and asks for exactly one Host that is one; otherwise why
/// not.
std::optional<rejection> rejected(boost::beast::http::request_header<> const& header);

/// Whether the client waits for a word before it sends its body.
bool expects_continue(boost::beast::http::request_header<> const& header);

/// Why Beast could not parse a header.
rejection rejection_of(boost::system::error_code error);

}  // namespace fibercast
