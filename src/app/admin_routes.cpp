#include "admin_routes.hpp"

#include <fibercast/http/router.hpp>
#include <fibercast/service/admin_guard.hpp>
#include <fibercast/service/health.hpp>

namespace fibercast::app {

handler admin_routes(hub&, server const&, event_flag const& stopping) {
    router routes;
    routes.get("/healthz", liveness());
    routes.get("/readyz", readiness([&stopping] { return !stopping.is_set(); }));
    return guarded(routes);
}

}  // namespace fibercast::app
