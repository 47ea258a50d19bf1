#pragma once

#include <fibercast/http/handler.hpp>
#include <fibercast/sse/hub.hpp>

namespace fibercast {

/// Each request joins `clients`, is greeted by an event, and has their stream for its answer. For
/// any route: `routes.get("/", subscribe_to(clients))`. The hub must outlive the handler.
handler subscribe_to(hub& clients);

}  // namespace fibercast
