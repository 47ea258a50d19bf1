// Sends each line of standard input to every client, until the input ends or a signal asks to stop.
//
//     broadcast [PORT]           and elsewhere: curl -N localhost:8080

#include <fibercast/fibercast.hpp>

#include <poll.h>
#include <unistd.h>

#include <cstdlib>
#include <iostream>
#include <string>

namespace {

/// Waits for standard input. False: a signal came first.
bool input_waits(fibercast::stop_signals const& signals) {
    pollfd sources[] = {{STDIN_FILENO, POLLIN, 0}, {signals.native_handle(), POLLIN, 0}};
    ::poll(sources, 2, -1);
    return sources[1].revents == 0;
}

/// Takes the first whole line off the text. False: there is none.
bool take_line(std::string& text, std::string& line) {
    auto const end = text.find('\n');
    if (end == text.npos) return false;
    line = text.substr(0, end);
    text.erase(0, end + 1);
    return true;
}

}  // namespace

int main(int argc, char** argv) {
    auto const port = static_cast<std::uint16_t>(argc > 1 ? std::atoi(argv[1]) : 8080);
    fibercast::stop_signals const signals;  // before the server: its threads must not die of them

    fibercast::hub clients;
    fibercast::router routes;
    routes.get("/",
               [&](fibercast::request const&) { return fibercast::event_stream(clients.join()); });
    fibercast::server server{routes, {.port = port}};
    server.start();
    std::cerr << "listening on " << server.address().text() << std::endl;

    std::string text, line;
    char block[4096];
    while (input_waits(signals)) {
        auto const count = ::read(STDIN_FILENO, block, sizeof block);
        if (count <= 0) break;
        text.append(block, static_cast<std::size_t>(count));
        while (take_line(text, line)) clients.broadcast(fibercast::event{line});
    }
    server.stop();  // streams end, requests under way are answered
}
