#pragma once

#include "head_parser.hpp"
#include "rejection.hpp"

#include <boost/system/error_code.hpp>

#include <optional>

namespace fibercast {

/// Whether a head that Beast has parsed is one we go on with. Closes the gaps through which
/// requests are smuggled past Beast 1.81, and asks for exactly one Host that is one; otherwise why
/// not.
std::optional<rejection> rejected(request_head const& head);

/// Whether the client waits for a word before it sends its body.
bool expects_continue(request_head const& head);

/// Why Beast could not parse a head.
rejection rejection_of(boost::system::error_code error);

}  // namespace fibercast
