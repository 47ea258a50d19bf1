#pragma once

#include <fibercast/access/verification_key.hpp>

#include <boost/json/object.hpp>

namespace fibercast {

/// Throws `std::invalid_argument` when it is no key that verifies.
verification_key key_of_jwk(boost::json::object const& jwk);

}  // namespace fibercast
