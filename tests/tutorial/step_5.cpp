#include <fibercast/fibercast.hpp>

#include <iostream>

namespace {

constexpr auto page = R"(<!doctype html>
<meta charset="utf-8">
<title>live</title>
<form><input name="text" required autofocus><button>Say</button></form>
<ul></ul>
<script>
new EventSource("/events").onmessage = event => {
    const line = document.createElement("li");
    line.textContent = event.data;
    document.querySelector("ul").append(line);
};
const form = document.querySelector("form");
form.onsubmit = event => {
    event.preventDefault();
    fetch("/say", {method: "POST", body: new URLSearchParams(new FormData(form))});
    form.reset();
};
</script>
)";

fibercast::response html(std::string text) {
    return fibercast::response(fibercast::status::ok, std::move(text))
        .header("Content-Type", "text/html; charset=utf-8");
}

fibercast::response say(fibercast::hub& clients, fibercast::request const& asked) {
    auto const form = fibercast::form_params(asked);  // what is no form is answered with 400 or 415
    auto const text = form.first("text").value_or("");
    if (text.empty())
        return fibercast::response::text(fibercast::status::bad_request, "text, please\n");
    clients.broadcast(fibercast::event{std::string(text)});
    return fibercast::response(fibercast::status::no_content);
}

}  // namespace

int main() {
    fibercast::hub clients;
    fibercast::router routes;
    routes.get("/", [](fibercast::request const&) { return html(page); });
    routes.get("/events", [&](fibercast::request const&) {
        auto client = clients.join();
        client.send(fibercast::event{"Welcome"});
        return fibercast::event_stream(std::move(client));
    });
    routes.post("/say", [&](fibercast::request const& asked) { return say(clients, asked); });

    fibercast::server server{routes, {.port = 8080}};
    server.start();
    std::cout << "Enter stops it" << std::endl;
    std::cin.get();
}
