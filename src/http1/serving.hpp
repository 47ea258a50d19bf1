#pragma once

#include "request_counters.hpp"

#include <fibercast/http/handler.hpp>
#include <fibercast/http/limits.hpp>

namespace fibercast {

/// What the connections of one endpoint have in common. All of it must outlive them.
struct serving {
    handler const& answer;  ///< Called for each request.
    http_limits const& limits;
    request_counters& counters;
};

}  // namespace fibercast
