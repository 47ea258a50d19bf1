#pragma once

#include <fibercast/api.hpp>
#include <fibercast/http/address_range.hpp>
#include <fibercast/http/request.hpp>
#include <fibercast/runtime/socket_address.hpp>

#include <span>

namespace fibercast {

/// Who has asked: the peer, or, when that is one of the `trusted` proxies, the last address in
/// `X-Forwarded-For` that is none of them. What stands before it anyone may have made up. Where the
/// proxies have written no address, or something else, the last one that is known. From the header
/// comes no port.
FIBERCAST_API socket_address client_address(request const& asked,
                                            std::span<address_range const> trusted);

}  // namespace fibercast
