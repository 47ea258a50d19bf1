#include "admin_routes.hpp"

#include "admin_metrics.hpp"
#include "app/console/console.hpp"

#include <fibercast/http/router.hpp>
#include <fibercast/service/admin_guard.hpp>
#include <fibercast/service/clients_page.hpp>
#include <fibercast/service/health.hpp>
#include <fibercast/service/metrics.hpp>
#include <fibercast/service/publishing.hpp>

#include <utility>

namespace fibercast::app {

handler admin_routes(hub& clients, server const& serving, verifier const& tokens,
                     event_flag const& stopping, subscribe_options limits) {
    router routes;
    publisher const publishing(clients);
    routes.post("/broadcast", publishing.broadcasting());
    routes.post("/topics/{topic...}", publishing.to_topic());
    routes.post("/publish", publishing.to_topics());
    routes.get("/clients", list_clients(clients));
    routes.get("/clients/{id}", show_client(clients));
    routes.add("DELETE", "/clients/{id}", end_client(clients));
    routes.get("/topics", list_topics(clients));
    routes.get("/metrics", metrics_page({hub_metrics(clients), token_metrics(tokens),
                                         server_metrics(serving), process_metrics()}));
    routes.get("/healthz", liveness());
    routes.get("/readyz", readiness([&stopping] { return !stopping.is_set(); }));
    add_console(routes, clients, serving, stopping, std::move(limits));
    return guarded(routes);
}

}  // namespace fibercast::app
