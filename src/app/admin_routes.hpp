#pragma once

#include "app/process/event_flag.hpp"

#include <fibercast/access/verifier.hpp>
#include <fibercast/http/handler.hpp>
#include <fibercast/server/server.hpp>
#include <fibercast/service/subscribing.hpp>
#include <fibercast/sse/hub.hpp>

namespace fibercast::app {

/// What operators may ask for over HTTP, with the console page. All of these must outlive the
/// handler; `stopping` says that no more clients should come, `limits` are those of all streams.
handler admin_routes(hub& clients, server const& serving, verifier const& tokens,
                     event_flag const& stopping, subscribe_options limits);

}  // namespace fibercast::app
