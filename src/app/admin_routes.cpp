#include "admin_routes.hpp"

#include <fibercast/http/router.hpp>
#include <fibercast/service/admin_guard.hpp>
#include <fibercast/service/health.hpp>
#include <fibercast/service/publishing.hpp>

namespace fibercast::app {

handler admin_routes(hub& clients, server const&, event_flag const& stopping) {
    router routes;
    publisher const publishing(clients);
    routes.post("/broadcast", publishing.broadcasting());
    routes.post("/topics/{topic...}", publishing.to_topic());
    routes.post("/publish", publishing.to_topics());
    routes.get("/healthz", liveness());
    routes.get("/readyz", readiness([&stopping] { return !stopping.is_set(); }));
    return guarded(routes);
}

}  // namespace fibercast::app
