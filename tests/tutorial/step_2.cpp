#include <fibercast/fibercast.hpp>

#include <iostream>

int main() {
    fibercast::router routes;
    routes.get("/hello", [](fibercast::request const&) {
        return fibercast::response::text(fibercast::status::ok, "Hello\n");
    });

    fibercast::server server{routes, {.port = 8080}};
    server.start();
    std::cout << "Enter stops it" << std::endl;
    std::cin.get();
}
