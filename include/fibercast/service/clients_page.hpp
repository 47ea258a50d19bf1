#pragma once

#include <fibercast/api.hpp>
#include <fibercast/http/handler.hpp>
#include <fibercast/sse/hub.hpp>

namespace fibercast {

// What operators see of a hub and do to its clients, as JSON. The hub must outlive the handlers;
// each of them asks all workers and waits for the answers. See docs/http-api.md for the members.
//
//     routes.get("/clients", list_clients(clients));
//     routes.get("/clients/{id}", show_client(clients));
//     routes.add("DELETE", "/clients/{id}", end_client(clients));
//     routes.get("/topics", list_topics(clients));

/// By id, in pages: of the query `limit` (100, up to 1,000) and `after`, an id; `topic`: only those
/// that have subscribed to exactly this topic or pattern.
FIBERCAST_API handler list_clients(hub& all);

/// The client whose id is the route's parameter `id`. 404: there is none.
FIBERCAST_API handler show_client(hub& all);

/// Sends it away. 204; or 404: there is none.
FIBERCAST_API handler end_client(hub& all);

/// What clients have subscribed to, by name, in pages: `limit` and `after`, a topic.
FIBERCAST_API handler list_topics(hub& all);

}  // namespace fibercast
