// The server that the SDK's test suite asks for: it answers /test with the events that the request
// describes.
//
//     fibercast_datastar_sdk_server [PORT]           7331, as the suite expects

#include "datastar/sdk_events.hpp"

#include <fibercast/datastar/datastar.hpp>
#include <fibercast/fibercast.hpp>

#include <cstdlib>
#include <iostream>

int main(int argc, char** argv) {
    auto const port = static_cast<std::uint16_t>(argc > 1 ? std::atoi(argv[1]) : 7331);
    fibercast::stop_signals signals;  // before the server: its threads must not die of them

    fibercast::router routes;
    auto const answer = [](fibercast::request const& asked) {
        return fibercast::datastar::event_stream(
            sdk_events(fibercast::datastar::read_signals(asked)));
    };
    routes.get("/test", answer);
    routes.post("/test", answer);
    fibercast::server server{routes, {.port = port}};
    server.start();
    std::cerr << "listening on " << server.address().text() << std::endl;
    signals.wait();
    server.stop();
}
