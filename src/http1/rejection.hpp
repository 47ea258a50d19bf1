#pragma once

#include <fibercast/http/status.hpp>

namespace fibercast {

/// Why a request is not served: the answer, and the reason for the log.
struct rejection {
    status code;
    char const* why;
    bool http2 = false;  ///< The client speaks HTTP/2, and would not understand the answer.
};

}  // namespace fibercast
