#pragma once

#include "app/process/event_flag.hpp"

#include <fibercast/http/router.hpp>
#include <fibercast/server/server.hpp>
#include <fibercast/service/subscribing.hpp>
#include <fibercast/sse/hub.hpp>

namespace fibercast::app {

/// Adds what operators see in a browser: the console page at `/`, the demo at `/demo`, and the
/// streams behind them. The demo's is what clients get at the public address, `limits` and all, but
/// without a token: it is here as a page and its stream must have one origin where no CORS is. The
/// page uses the other routes of the admin address (`admin_routes`). All of these must outlive the
/// router.
void add_console(router& to, hub& clients, server const& serving, event_flag const& stopping,
                 subscribe_options limits);

}  // namespace fibercast::app
