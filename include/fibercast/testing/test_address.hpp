#pragma once

#include <fibercast/api.hpp>
#include <fibercast/runtime/socket_address.hpp>

#include <string>

namespace fibercast::testing {

/// The address with that IP address, as text, and the port 4711. Without one it is an address that
/// nobody has. Throws `std::invalid_argument` for a text that is none.
FIBERCAST_API socket_address test_address(std::string const& ip = "192.0.2.1");

}  // namespace fibercast::testing
