#pragma once

#include "access.hpp"
#include "options.hpp"

#include <fibercast/http/handler.hpp>
#include <fibercast/service/subscribing.hpp>
#include <fibercast/sse/hub.hpp>

namespace fibercast::app {

/// What anybody may ask for over HTTP, as tokens allow it: the stream, the Mercure protocol, and
/// publishing, when there is a key that a publisher's token can be signed with. `limits` are those
/// of all streams. `clients` must outlive the handler.
handler public_routes(hub& clients, options const& chosen, access const& by,
                      subscribe_options limits);

}  // namespace fibercast::app
