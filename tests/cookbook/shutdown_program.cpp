// A program, for it is its signals that stop it: cookbook_test.cpp runs it.

#include <fibercast/fibercast.hpp>

#include <chrono>
#include <iostream>

using namespace fibercast;
using namespace std::chrono_literals;

namespace {

void serve_until_told(hub& clients, handler const& routes) {
    stop_signals signals;  // before the server: its threads must not die of them
    server serving{routes, {.port = 0}};
    serving.start();
    std::cout << serving.address().port() << std::endl;
    signals.wait();
    serving.stop_accepting();
    clients.drain(2s);
    serving.stop();
}

}  // namespace

int main() {
    hub clients;
    serve_until_told(clients, subscribe_to(clients));
}
