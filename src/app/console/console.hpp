#pragma once

#include "app/process/event_flag.hpp"

#include <fibercast/http/handler.hpp>
#include <fibercast/http/router.hpp>
#include <fibercast/server/server.hpp>
#include <fibercast/sse/hub.hpp>

namespace fibercast::app {

/// Adds what operators see in a browser: the console page at `/`, the demo at `/demo`, and the
/// streams behind them. `stream` is what clients get at the public address: the demo gets it here,
/// too, as a page and its stream must have one origin where no CORS is. The page uses the other
/// routes of the admin address (`admin_routes`). All of these must outlive the router.
void add_console(router& to, hub& clients, server const& serving, event_flag const& stopping,
                 handler stream);

}  // namespace fibercast::app
