#include <fibercast/service/subscribing.hpp>

#include <fibercast/sse/client.hpp>
#include <fibercast/sse/event.hpp>

#include <utility>

namespace fibercast {

router stream_routes(hub& clients) {
    router routes;
    routes.get("/", [&clients](request const&) {
        auto client = clients.join();
        client.send(event("Successfully connected"));
        return event_stream(std::move(client));
    });
    return routes;
}

}  // namespace fibercast
