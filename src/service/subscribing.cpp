#include <fibercast/service/subscribing.hpp>

#include <fibercast/sse/client.hpp>
#include <fibercast/sse/event.hpp>

#include <utility>

namespace fibercast {

handler subscribe_to(hub& clients) {
    return [&clients](request const&) {
        auto client = clients.join();
        client.send(event("Successfully connected"));
        return event_stream(std::move(client));
    };
}

}  // namespace fibercast
