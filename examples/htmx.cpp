// A list that grows on every page that shows it, by htmx 2 (https://htmx.org) and its
// SSE extension. A restart loses nothing, and the pages go on by themselves.
//
//     htmx [PORT [FILE [HTMX SSE]]]       and in a browser: http://localhost:8080/

#include "htmx_page.hpp"
#include "notebook.hpp"

#include <fibercast/fibercast.hpp>

#include <boost/fiber/mutex.hpp>

#include <cstdlib>
#include <iostream>
#include <mutex>

int main(int argc, char** argv) {
    auto const port = static_cast<std::uint16_t>(argc > 1 ? std::atoi(argv[1]) : 8080);
    notebook notes(argc > 2 ? argv[2] : "notes.txt");
    bool const given = argc > 4;
    auto const* const htmx = given ? argv[3] : "https://cdn.jsdelivr.net/npm/htmx.org@2.0.11";
    auto const* const sse = given ? argv[4] : "https://cdn.jsdelivr.net/npm/htmx-ext-sse@2.2.4";
    fibercast::stop_signals signals;  // before the server: its threads must not die of them

    fibercast::hub everybody;
    boost::fibers::mutex order;  // what a page shows and where its stream begins belong together
    fibercast::router routes;
    routes.get("/", [&](fibercast::request const&) {
        std::lock_guard const lock(order);
        auto const place = everybody.last_id().text().substr(1);  // its '#' is %23 in a URL
        return fibercast::response(
                   fibercast::status::ok,
                   fmt::format(htmx_page, fmt::arg("htmx", htmx), fmt::arg("sse", sse),
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
        everybody.broadcast(fibercast::event(notes.add(text)));
        return fibercast::response(fibercast::status::no_content);
    });

    fibercast::server server{routes, {.port = port}};
    server.start();
    std::cerr << "listening on " << server.address().text() << std::endl;
    signals.wait();
    server.stop();
}
