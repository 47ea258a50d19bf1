// A channel is a body: what is pushed into it goes out, piece by piece, while the pusher does its
// work. Here a fiber counts down.
//
//     channel_body [PORT]        and elsewhere: curl -N localhost:8080/countdown

#include <fibercast/fibercast.hpp>

#include <chrono>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <string>

using namespace std::chrono_literals;
using fibercast::push_result;
using lines = fibercast::channel<std::string>;

namespace {

/// Runs beside the response. A push waits while the channel is full, so a slow reader slows it; the
/// channel is closed when the reader has gone or the server stops.
void count_down(lines& out) {
    for (int left = 10; left > 0; --left) {
        if (out.push(std::to_string(left) + "\n") != push_result::taken) return;
        fibercast::sleep_for(100ms);
    }
    out.push("lift-off\n");
    out.close();  // the end of the body
}

}  // namespace

int main(int argc, char** argv) {
    auto const port = static_cast<std::uint16_t>(argc > 1 ? std::atoi(argv[1]) : 8080);
    fibercast::stop_signals signals;  // before the server: its threads must not die of them

    fibercast::router routes;
    routes.get("/countdown", [](fibercast::request const&) {
        auto out = std::make_shared<lines>(4);
        fibercast::worker::current()->fibers().spawn([out] { count_down(*out); });
        return fibercast::response(fibercast::status::ok, out)
            .header("Content-Type", "text/plain; charset=utf-8");
    });
    fibercast::server server{routes, {.port = port}};
    server.start();
    std::cerr << "listening on " << server.address().text() << std::endl;

    signals.wait();
    server.stop();
}
