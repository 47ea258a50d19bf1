#include "public_routes.hpp"

#include "settings.hpp"

#include <fibercast/http/router.hpp>
#include <fibercast/service/admission.hpp>
#include <fibercast/service/publishing.hpp>

#include <utility>

namespace fibercast::app {

handler public_routes(hub& clients, options const& chosen, access const& by,
                      subscribe_options limits) {
    router routes;
    if (chosen.access.mercure) add_routes(routes, clients, mercure_settings(chosen, by, limits));
    auto rules = by.rules();
    rules.parameter.clear();  // for programs that speak the protocol as it was
    // Where none counts and none is needed, none is looked at: so a token for a proxy, say, is not
    // refused here.
    if (chosen.access.looks_at_tokens()) limits.admit = admit_readers(rules);
    routes.get("/", subscribe_to(clients, std::move(limits)));
    if (chosen.access.has_publishing_keys()) {
        // What is known of keys is not the operators': nobody here can push theirs out.
        publisher const publishing(clients, {.admit = admit_publishers(rules)});
        routes.post("/broadcast", publishing.broadcasting());
        routes.post("/topics/{topic...}", publishing.to_topic());
        routes.post("/publish", publishing.to_topics());
    }
    return for_other_origins(routes, chosen);
}

}  // namespace fibercast::app
