#pragma once

#include <fibercast/http/body.hpp>
#include <fibercast/runtime/socket_address.hpp>

namespace fibercast {

/// The body `inner`, which is to see `from` where its peer is a proxy that asks for that one.
any_body forwarded_stream(socket_address const& from, any_body inner);

}  // namespace fibercast
