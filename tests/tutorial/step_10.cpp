#include "rooms.hpp"

#include <chrono>

using namespace std::chrono_literals;

int main() {
    fibercast::stop_signals signals;  // first: threads inherit what is blocked
    fibercast::hub clients({.history = 10'000, .history_age = 24h});
    fibercast::subscribe_options const settings{
        .max_clients = 50'000,
        .max_clients_per_address = 100,
        .trusted_proxies = {fibercast::address_range("127.0.0.1")},
    };
    auto const logged = fibercast::with_access_log({.trusted_proxies = settings.trusted_proxies},
                                                   routes_of(clients, settings));
    fibercast::server server{logged, {.port = 8080}};
    server.start();
    signals.wait();

    server.stop_accepting();
    clients.drain(3s);  // each is told to come back at a moment of its own
    server.stop();
}
