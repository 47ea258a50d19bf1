#pragma once

#include <fibercast/server/server.hpp>
#include <fibercast/service/metrics.hpp>

namespace fibercast::app {

/// Connections and requests of a server, which must outlive it.
metric_collector server_metrics(server const& of);

/// Which program this is, and what it uses of the machine.
metric_collector process_metrics();

}  // namespace fibercast::app
