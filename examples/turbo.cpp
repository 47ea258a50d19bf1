// A list that grows on every page that shows it, by Turbo Streams (https://turbo.hotwired.dev). A
// restart loses nothing, and the pages go on by themselves.
//
//     turbo [PORT [FILE [SCRIPT]]]        and in a browser: http://localhost:8080/

#include "notebook.hpp"
#include "turbo_page.hpp"

#include <fibercast/fibercast.hpp>

#include <boost/fiber/mutex.hpp>

#include <cstdlib>
#include <iostream>
#include <mutex>

int main(int argc, char** argv) {
    auto const port = static_cast<std::uint16_t>(argc > 1 ? std::atoi(argv[1]) : 8080);
    notebook notes(argc > 2 ? argv[2] : "notes.txt");
    auto const* const script =
        argc > 3 ? argv[3] : "https://cdn.jsdelivr.net/npm/@hotwired/turbo@8.0.23";
    fibercast::stop_signals signals;  // before the server: its threads must not die of them

    fibercast::hub everybody;
    boost::fibers::mutex order;  // what a page shows and where its stream begins belong together
    fibercast::router routes;
    routes.get("/", [&](fibercast::request const&) {
        std::lock_guard const lock(order);
        auto const place = everybody.last_id().text().substr(1);  // its '#' is %23 in a URL
        return fibercast::response(
                   fibercast::status::ok,
                   fmt::format(turbo_page, fmt::arg("script", script),
                               fmt::arg("items", notes.items()), fmt::arg("place", place)))
            .header("Content-Type", "text/html; charset=utf-8");
    });
    routes.get("/events", fibercast::subscribe_to(everybody));
    routes.post("/notes", [&](fibercast::request const& asked) {
        auto const form = fibercast::form_params(asked);
        auto const text = form.first("text").value_or("");
        if (text.empty() || text.find('\n') != text.npos)
            return fibercast::response::text(fibercast::status::bad_request, "a line, please\n");
        std::lock_guard const lock(order);
        everybody.broadcast(fibercast::event(fmt::format(turbo_append, notes.add(text))));
        return fibercast::response(fibercast::status::no_content);
    });

    fibercast::server server{routes, {.port = port}};
    server.start();
    std::cerr << "listening on " << server.address().text() << std::endl;
    signals.wait();
    server.stop();
}
