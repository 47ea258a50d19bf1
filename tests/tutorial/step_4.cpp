#include <fibercast/fibercast.hpp>

#include <iostream>

namespace {

constexpr auto page = R"(<!doctype html>
<meta charset="utf-8">
<title>live</title>
<ul></ul>
<script>
new EventSource("/events").onmessage = event => {
    const line = document.createElement("li");
    line.textContent = event.data;
    document.querySelector("ul").append(line);
};
</script>
)";

fibercast::response html(std::string text) {
    return fibercast::response(fibercast::status::ok, std::move(text))
        .header("Content-Type", "text/html; charset=utf-8");
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

    fibercast::server server{routes, {.port = 8080}};
    server.start();
    std::cout << "Enter stops it" << std::endl;
    std::cin.get();
}
