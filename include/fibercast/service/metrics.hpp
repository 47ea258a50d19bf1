#pragma once

#include <fibercast/access/verifier.hpp>
#include <fibercast/api.hpp>
#include <fibercast/http/handler.hpp>
#include <fibercast/service/metric_writer.hpp>
#include <fibercast/sse/hub.hpp>

#include <functional>
#include <vector>

namespace fibercast {

/// Writes what it knows. Called in a handler, on any worker.
using metric_collector = std::function<void(metric_writer&)>;

/// What a hub has done, which must outlive it.
FIBERCAST_API metric_collector hub_metrics(hub const& of);

/// What became of the tokens that a verifier was shown, which must outlive it.
FIBERCAST_API metric_collector token_metrics(verifier const& of);

/// All of them on one page, for Prometheus:
///
///     routes.get("/metrics", metrics_page({hub_metrics(clients)}));
FIBERCAST_API handler metrics_page(std::vector<metric_collector> of);

}  // namespace fibercast
