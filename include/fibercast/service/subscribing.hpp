#pragma once

#include <fibercast/http/router.hpp>
#include <fibercast/sse/hub.hpp>

namespace fibercast {

/// `GET /` joins `clients` and is their stream. The hub must outlive the routes.
router stream_routes(hub& clients);

}  // namespace fibercast
