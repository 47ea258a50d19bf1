// A page where everybody reads what anybody says.
//
//     chat [PORT]                and in a browser: http://localhost:8080/

#include <fibercast/fibercast.hpp>

#include <cstdlib>
#include <iostream>
#include <string>

namespace {

constexpr auto page = R"(<!doctype html>
<meta charset="utf-8">
<title>chat</title>
<form><input name="who" placeholder="your name" required>
<input name="text" placeholder="your words" required autofocus><button>Say</button></form>
<ul></ul>
<script>
const form = document.querySelector("form");
new EventSource("/events").onmessage = event => {
    const line = document.createElement("li");
    line.textContent = event.data;  // as text: nobody can put markup into others' pages
    document.querySelector("ul").prepend(line);
};
form.onsubmit = event => {
    event.preventDefault();
    fetch("/say", {method: "POST", body: new URLSearchParams(new FormData(form))});
    form.text.value = "";
};
</script>
)";

/// Passes on what the page's form has posted.
fibercast::response say(fibercast::hub& everybody, fibercast::request const& asked) {
    auto const form = fibercast::form_params(asked);  // what is no form is answered with 400 or 415
    auto const who = form.first("who").value_or("");
    auto const text = form.first("text").value_or("");
    if (who.empty() || text.empty())
        return fibercast::response::text(fibercast::status::bad_request, "who and text, please\n");
    everybody.broadcast(fibercast::event{std::string(who) + ": " + std::string(text)});
    return fibercast::response(fibercast::status::no_content);
}

}  // namespace

int main(int argc, char** argv) {
    auto const port = static_cast<std::uint16_t>(argc > 1 ? std::atoi(argv[1]) : 8080);
    fibercast::stop_signals signals;  // before the server: its threads must not die of them

    fibercast::hub everybody;
    fibercast::router routes;
    routes.get("/", [](fibercast::request const&) {
        return fibercast::response(fibercast::status::ok, page)
            .header("Content-Type", "text/html; charset=utf-8");
    });
    routes.get("/events", fibercast::subscribe_to(everybody));
    routes.post("/say", [&](fibercast::request const& asked) { return say(everybody, asked); });

    fibercast::server server{routes, {.port = port}};
    server.start();
    std::cerr << "listening on " << server.address().text() << std::endl;
    signals.wait();
    server.stop();
}
