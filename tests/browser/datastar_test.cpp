#include "browser/browser.hpp"
#include "browser/datastar_script.hpp"

#include <fibercast/datastar/datastar.hpp>
#include <fibercast/fibercast.hpp>

#include "support/catch.hpp"

#include <fstream>
#include <functional>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

// What Datastar's own script makes of the events, in a page.

namespace {

namespace datastar = fibercast::datastar;
using datastar::patch_mode;

constexpr auto page_text = R"html(<!doctype html>
<link rel="icon" href="data:,">
<script type="module" src="/datastar.js"></script>
<body data-signals="{name: 'Ann', gone: 1}">
<button data-on:click="@get('/events')"></button>
<form><button type="button" data-on:click="@post('/events')"></button></form>
<ul id="list"><li id="item">old</li></ul>
<svg id="picture"></svg>
<output data-json-signals__terse></output>
)html";

fibercast::handler fixed(std::string const& type, std::string const& text) {
    return [=](fibercast::request const&) {
        return fibercast::response(fibercast::status::ok, text).header("Content-Type", type);
    };
}

/// A server of one page, whose button asks for events.
class page_server {
public:
    explicit page_server(std::function<fibercast::response(fibercast::request const&)> answer)
        : server_(routes(std::move(answer)), {.port = 0, .workers = 1}) {
        server_.start();
    }
    explicit page_server(std::vector<fibercast::event> events)
        : page_server([events = std::move(events)](fibercast::request const&) {
              return datastar::event_stream(events);
          }) {}

    std::string url() const { return "http://" + server_.address().text() + "/"; }

private:
    static fibercast::router routes(fibercast::handler const& answer) {
        fibercast::router all;
        all.get("/", fixed("text/html; charset=utf-8", page_text));
        std::ifstream script(datastar_script());
        all.get("/datastar.js",
                fixed("text/javascript; charset=utf-8", {std::istreambuf_iterator(script), {}}));
        all.get("/events", answer);
        all.post("/events", answer);
        return all;
    }

    fibercast::server server_;
};

/// The page's list after a patch, without the ends of lines.
std::string list_after(browser& in, fibercast::event const& patch) {
    page_server const server({patch, datastar::patch_signals(R"({"more": "done"})")});
    auto page = in.open(server.url());
    page.click("body > button");
    page.await_text("output", "done");
    auto text =
        page.evaluate("document.querySelector('#list').outerHTML.replaceAll(/[\\r\\n]/g, '')");
    page.close();
    return text;
}

}  // namespace

TEST_CASE("each mode of a patch does in a page what its name says") {
    browser chromium;
    auto const old = std::string(R"(<li id="item">old</li>)");
    auto const made = std::string(R"(<li id="new">new</li>)");
    auto const in_list = [](std::string const& text) {
        return "<ul id=\"list\">" + text + "</ul>";
    };
    std::pair<patch_mode, std::string> const cases[] = {
        {patch_mode::outer, in_list(made)},
        {patch_mode::replace, in_list(made)},
        {patch_mode::prepend, in_list(made + old)},
        {patch_mode::append, in_list(old + made)},
        {patch_mode::before, in_list(made + old)},
        {patch_mode::after, in_list(old + made)},
        {patch_mode::inner, in_list(R"(<li id="item"><li id="new">new</li></li>)")},
    };
    for (auto const& [mode, expected] : cases) {
        bool const outside = mode == patch_mode::prepend || mode == patch_mode::append;
        CAPTURE(static_cast<int>(mode));
        CHECK(list_after(chromium,
                         datastar::patch_elements(made, {.selector = outside ? "#list" : "#item",
                                                         .mode = mode})) == expected);
    }
    CHECK(list_after(chromium, datastar::patch_elements(
                                   "", {.selector = "#item", .mode = patch_mode::remove})) ==
          in_list(""));
    CHECK(list_after(chromium, datastar::patch_elements("<li id=\"item\">\n  <b>x</b>\r\n</li>")) ==
          in_list("<li id=\"item\">  <b>x</b></li>"));
    CHECK(list_after(chromium, datastar::patch_elements(
                                   "", {.selector = "#list", .mode = patch_mode::inner})) ==
          in_list(""));
    CHECK(chromium.complaints() == std::vector<std::string>());
}

TEST_CASE("a page sends its signals, has them patched, and runs a script") {
    browser chromium;
    page_server const server([](fibercast::request const& asked) {
        auto const name = datastar::read_signals(asked).get<std::string>("name");
        return datastar::event_stream([name](datastar::sse& page) {
            page.patch_signals("{\"name\": \"" + name + "!\",\n \"gone\": null}");
            page.patch_signals(R"({"name": "other", "more": 1})", {.only_if_missing = true});
            page.patch_elements("<circle id=\"dot\" r=\"5\"/>",
                                {.selector = "#picture",
                                 .mode = patch_mode::append,
                                 .use_view_transition = true,
                                 .view_transition_selector = "#list",
                                 .namespace_ = datastar::element_namespace::svg});
            page.execute_script("window.ran = document.currentScript.type +\n'<' + 1",
                                {.attributes = {{"type", "text/javascript"}}});
        });
    });
    auto page = chromium.open(server.url());
    page.click("body > button");
    page.await_text("output", R"({"name":"Ann!","more":1})");
    page.await("document.querySelector('#dot') instanceof SVGCircleElement");
    page.await("window.ran === 'text/javascript<1'");
    page.await("document.querySelectorAll('script').length === 1");  // gone when it has run
    page.click("form > button");
    page.await_text("output", R"({"name":"Ann!!")");
    CHECK(chromium.complaints() == std::vector<std::string>());
}
