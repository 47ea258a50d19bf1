#include <fibercast/fibercast.hpp>

#include <algorithm>
#include <chrono>
#include <optional>
#include <set>
#include <string>
#include <string_view>

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
const name = new URLSearchParams(location.search).get("name") ?? "somebody";
const source = new EventSource(`/events?last_event_id=earliest&room=${room}&name=${name}`);
source.addEventListener("fibercast.gap", () => location.reload());
source.onmessage = event => {
    const line = document.createElement("li");
    line.textContent = event.data;
    document.querySelector("ul").append(line);
};
const form = document.querySelector("form");
form.onsubmit = event => {
    event.preventDefault();
    const body = new URLSearchParams({name, text: form.text.value});
    fetch(`/rooms/${room}/say`, {method: "POST", body});
    form.reset();
};
</script>
)";

fibercast::response html(std::string text) {
    return fibercast::response(fibercast::status::ok, std::move(text))
        .header("Content-Type", "text/html; charset=utf-8");
}

bool is_name(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char each) {
        return (each >= 'a' && each <= 'z') || (each >= '0' && each <= '9');
    });
}

/// What a client gets is for us to say: its room, and what is for it alone.
std::optional<fibercast::response> admit(fibercast::request const& asked,
                                         fibercast::subscription& wants) {
    auto const query = fibercast::query_params(asked);
    auto const room = rooms.find(query.first("room").value_or(""));
    std::string const name(query.first("name").value_or(""));  // yours is in a session
    if (room == rooms.end() || !is_name(name))
        return fibercast::response::plain(fibercast::status::bad_request);
    wants.topics = {"rooms/" + *room, "users/" + name};
    return std::nullopt;
}

fibercast::response say(fibercast::hub& clients, fibercast::request const& asked) {
    auto const room = rooms.find(asked.param("room"));
    if (room == rooms.end()) return fibercast::response::plain(fibercast::status::not_found);
    auto const form = fibercast::form_params(asked);  // what is no form is answered with 400 or 415
    std::string const name(form.first("name").value_or(""));
    std::string const text(form.first("text").value_or(""));
    if (!is_name(name) || text.empty())
        return fibercast::response::text(fibercast::status::bad_request, "name and text, please\n");

    fibercast::event const said{name + ": " + text};
    auto const to = text.substr(1, text.find(' ') - 1);  // "@bob Hello"
    if (text.front() == '@' && is_name(to))
        clients.publish({"users/" + to, "users/" + name}, said);
    else
        clients.publish({"rooms/" + *room}, said);
    return fibercast::response(fibercast::status::no_content);
}

}  // namespace

int main() {
    fibercast::stop_signals signals;  // first: threads inherit what is blocked
    fibercast::hub clients({.history = 10'000, .history_age = 24h});
    fibercast::subscribe_options const settings{
        .max_clients = 50'000,
        .max_clients_per_address = 100,
        .trusted_proxies = {fibercast::address_range("127.0.0.1")},
        .admit = admit,
    };
    fibercast::router routes;
    routes.get("/rooms/{room}", [](fibercast::request const& asked) {
        return rooms.contains(asked.param("room"))
                   ? html(page)
                   : fibercast::response::plain(fibercast::status::not_found);
    });
    routes.get("/events", fibercast::subscribe_to(clients, settings));
    routes.post("/rooms/{room}/say",
                [&](fibercast::request const& asked) { return say(clients, asked); });

    auto const logged =
        fibercast::with_access_log({.trusted_proxies = settings.trusted_proxies}, routes);
    fibercast::server server{logged, {.port = 8080}};
    server.start();
    signals.wait();

    server.stop_accepting();
    clients.drain(3s);  // each is told to come back at a moment of its own
    server.stop();
}
