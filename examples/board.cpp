// A board that everybody paints on, by Datastar (https://data-star.dev). One fiber owns it: clicks
// come to it through a channel, and it shows all pages the whole board, in one broadcast for each
// frame in which something has changed.
//
//     board [PORT [DATASTAR]]    and in a browser: http://localhost:8080/
//
// DATASTAR is where the script is: a URL or a file.

#include "board_page.hpp"

#include <fibercast/datastar/datastar.hpp>
#include <fibercast/fibercast.hpp>

#include <charconv>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

namespace {

using namespace std::chrono_literals;
using namespace fibercast;

constexpr auto frame_time = 40ms;

struct click {
    std::size_t cell = cells;
    std::string colour = {};
};
using clicks = channel<click>;

/// Until the channel is closed. What is clicked while a frame lasts is in the next.
void paint(clicks& from, hub& pages) {
    std::vector<std::string> colours(cells, "#ffffff");
    pages.broadcast(datastar::patch_elements(drawn(colours)));
    for (click next; from.pop(next);) {
        do colours[next.cell] = next.colour;
        while (from.try_pop(next));
        pages.broadcast(datastar::patch_elements(drawn(colours)));
        sleep_for(frame_time);
    }
}

/// It goes into everybody's page, so it must be just that.
bool is_colour(std::string const& text) {
    return text.size() == 7 && text[0] == '#' &&
           text.find_first_not_of("0123456789abcdefABCDEF", 1) == text.npos;
}

response take(request const& asked, clicks& to) {
    click made;
    auto const cell = asked.param("cell");
    std::from_chars(cell.data(), cell.data() + cell.size(), made.cell);
    made.colour = datastar::read_signals(asked).get<std::string>("colour");  // or it is 400, or 415
    if (made.cell >= cells || !is_colour(made.colour)) return response::plain(status::bad_request);
    bool const taken = to.push(made, after(1s)) == push_result::taken;
    return response(taken ? status::no_content : status::service_unavailable);
}

handler fixed(std::string const& type, std::string const& text) {
    return [=](request const&) { return response(status::ok, text).header("Content-Type", type); };
}

std::string content(std::string const& path) {
    std::ifstream in(path);
    return {std::istreambuf_iterator(in), {}};
}

}  // namespace

int main(int argc, char** argv) {
    auto const port = static_cast<std::uint16_t>(argc > 1 ? std::atoi(argv[1]) : 8080);
    std::string script =
        "https://cdn.jsdelivr.net/gh/starfederation/datastar@v1.0.2/bundles/datastar.js";
    if (argc > 2) script = argv[2];
    stop_signals signals;  // before the server: its threads must not die of them

    clicks clicked(1'000);
    hub pages({.history = 1, .history_age = 0ms});  // the last frame, for who comes
    router routes;
    if (!script.starts_with("http")) {
        routes.get("/datastar.js", fixed("text/javascript; charset=utf-8", content(script)));
        script = "/datastar.js";
    }
    auto const page =
        fmt::format(board_page, fmt::arg("script", script), fmt::arg("columns", columns));
    routes.get("/", fixed("text/html; charset=utf-8", page));
    routes.get("/frames", [&](request const& asked) {
        content_coding const codings[] = {content_coding::br, content_coding::gzip};
        return event_stream(pages.join({.last_event_id = std::string(subscription::earliest),
                                        .coding = accepted_coding(asked, codings)}));
    });
    routes.post("/cells/{cell}", [&](request const& asked) { return take(asked, clicked); });

    server server{routes, {.port = port}};
    server.start();
    server.worker_handles().front().post(
        [&] { worker::current()->fibers().spawn([&] { paint(clicked, pages); }); });
    std::cerr << "listening on " << server.address().text() << std::endl;
    signals.wait();
    clicked.close();  // before the workers end: they wait for their fibers
    server.stop();
}
