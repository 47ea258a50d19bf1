#include <fibercast/fibercast.hpp>

#include <iostream>
#include <string>

int main() {
    fibercast::hub clients;
    fibercast::router routes;
    routes.get("/", [&](fibercast::request const&) {
        auto client = clients.join();  // a bounded channel, registered
        client.send(fibercast::event{"Successfully connected"});
        return fibercast::event_stream(std::move(client));  // the channel is the response body
    });
    fibercast::server server{routes, {.port = 8080}};
    server.start();
    for (std::string line; std::getline(std::cin, line);) {
        clients.broadcast(fibercast::event{line});
    }
}
