#include <fibercast/fibercast.hpp>

#include <iostream>

int main() {
    fibercast::hub clients;
    fibercast::router routes;
    routes.get("/events", [&](fibercast::request const&) {
        auto client = clients.join();
        client.send(fibercast::event{"Welcome"});
        return fibercast::event_stream(std::move(client));
    });

    fibercast::server server{routes, {.port = 8080}};
    server.start();
    std::cout << "Enter stops it" << std::endl;
    std::cin.get();
}
