#include "browser/browser.hpp"
#include "browser/console_page.hpp"
#include "end_to_end/support/admin_server.hpp"
#include "support/curl.hpp"

#include "support/catch.hpp"

#include <fmt/format.h>

#include <string>

using namespace end_to_end;

namespace {

void publish_many(admin_server const& to, std::string const& what, int count) {
    std::string lines;
    for (int i = 0; i < count; ++i)
        lines += fmt::format("{{\"topics\":[\"news\"],\"data\":\"{} {}\"}}\n", what, i);
    fetch(to.admin("/publish"),
          {"--data-binary", lines, "-H", "Content-Type: application/x-ndjson"});
}

constexpr auto first_in_view =
    "(() => {"
    "const list = document.getElementById('tail-events');"
    "const top = list.getBoundingClientRect().top;"
    "return [...list.children].find((each) => each.getBoundingClientRect().bottom > top).innerText"
    "})()";

}  // namespace

TEST_CASE("what one page publishes arrives in the tail of another") {
    admin_server const server;
    browser chromium;
    auto reader = chromium.open(server.admin("/"));
    tail(reader, "orders/*");
    auto writer = chromium.open(server.admin("/"));
    publish(writer, "orders/7", "shipped");
    reader.await_text("#tail-events", "shipped");
    writer.await_text("#publish-result", "Handed to 1 client, #");
    publish(writer, "news", "something else");
    writer.await_text("#publish-result", "Handed to 0 clients, #");
    CHECK(reader.text("#tail-events").find("something else") == std::string::npos);
}

TEST_CASE("events of any type are in the tail, as they came") {
    admin_server const server;
    browser chromium;
    auto page = chromium.open(server.admin("/"));
    tail(page, "*");
    fetch(server.admin("/topics/orders/7?event=paid&id=o-7"),
          {"--data-binary", "<img src=x onerror=document.title='taken'>\n<b>two</b>", "-H",
           "Content-Type: text/plain"});
    page.await_text("#tail-events", "<img src=x onerror=document.title='taken'>\n<b>two</b>");
    page.await_text("#tail-events", "paid");
    page.await_text("#tail-events", "o-7");
    CHECK(page.evaluate("document.querySelectorAll('img, #tail-events b').length") == "0");
    CHECK(page.evaluate("document.title") == "fibercast console");
}

TEST_CASE("who reads further down in the tail keeps the place, also in a full one") {
    admin_server const server;
    browser chromium;
    auto page = chromium.open(server.admin("/"));
    tail(page, "news");
    // The second time they are so many that the oldest go.
    for (int const many : {40, 300}) {
        publish_many(server, "old", many);
        page.await_text("#tail-events", fmt::format("old {}", many - 1));
        page.evaluate("document.getElementById('tail-events').scrollTop = 500");
        auto const first = page.evaluate(first_in_view);
        publish_many(server, fmt::format("after {}:", many), 10);
        page.await_text("#tail-events", fmt::format("after {}: 9", many));
        CHECK(page.evaluate(first_in_view) == first);
    }
}
