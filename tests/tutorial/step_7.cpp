#include <fibercast/fibercast.hpp>

#include <chrono>
#include <iostream>
#include <set>
#include <string>

namespace {

using namespace std::chrono_literals;

std::set<std::string, std::less<>> const rooms{"coffee", "tea"};

constexpr auto page = R"(<!doctype html>
<meta charset="utf-8">
<title>live</title>
<form><input name="text" required autofocus><button>Say</button></form>
<ul></ul>
<script>
const room = location.pathname.split("/")[2];
const source = new EventSource("/events?last_event_id=earliest&topic=rooms/" + room);
source.addEventListener("fibercast.gap", () => location.reload());
source.onmessage = event => {
    const line = document.createElement("li");
    line.textContent = event.data;
    document.querySelector("ul").append(line);
};
const form = document.querySelector("form");
form.onsubmit = event => {
    event.preventDefault();
    fetch(`/rooms/${room}/say`, {method: "POST", body: new URLSearchParams(new FormData(form))});
    form.reset();
};
</script>
)";

fibercast::response html(std::string text) {
    return fibercast::response(fibercast::status::ok, std::move(text))
        .header("Content-Type", "text/html; charset=utf-8");
}

fibercast::response say(fibercast::hub& clients, fibercast::request const& asked) {
    auto const room = rooms.find(asked.param("room"));
    if (room == rooms.end()) return fibercast::response::plain(fibercast::status::not_found);
    auto const form = fibercast::form_params(asked);  // what is no form is answered with 400 or 415
    auto const text = form.first("text").value_or("");
    if (text.empty())
        return fibercast::response::text(fibercast::status::bad_request, "text, please\n");
    clients.publish({"rooms/" + *room}, fibercast::event{std::string(text)});
    return fibercast::response(fibercast::status::no_content);
}

}  // namespace

int main() {
    fibercast::hub clients({.history = 10'000, .history_age = 24h});
    fibercast::router routes;
    routes.get("/rooms/{room}", [](fibercast::request const& asked) {
        return rooms.contains(asked.param("room"))
                   ? html(page)
                   : fibercast::response::plain(fibercast::status::not_found);
    });
    routes.get("/events", fibercast::subscribe_to(clients));
    routes.post("/rooms/{room}/say",
                [&](fibercast::request const& asked) { return say(clients, asked); });

    fibercast::server server{routes, {.port = 8080}};
    server.start();
    std::cout << "Enter stops it" << std::endl;
    std::cin.get();
}
