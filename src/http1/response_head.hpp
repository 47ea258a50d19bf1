#pragma once

#include "transfer.hpp"

#include <fibercast/http/response.hpp>

#include <string>

namespace fibercast {

/// How the end of the answer's body is marked, as version, method and status allow.
framing framing_of(response const& answer, transfer const& with);

/// Status line and all fields, with the empty line that ends them.
std::string head_of(response const& answer, transfer const& with, framing how);

}  // namespace fibercast
