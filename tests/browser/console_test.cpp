#include "browser/browser.hpp"
#include "end_to_end/support/admin_server.hpp"
#include "support/curl.hpp"

#include "support/catch.hpp"

#include <csignal>
#include <optional>
#include <string>
#include <utility>
#include <vector>

using namespace end_to_end;

namespace {

/// Has the page publish to a topic, through its form.
void publish(tab& page, std::string const& topic, std::string const& data) {
    page.click("#publish [value=topic]");
    page.evaluate("document.getElementById('publish-topic').focus()");
    page.evaluate("document.getElementById('publish-topic').select()");
    page.type(topic);
    page.evaluate("document.getElementById('publish-data').focus()");
    page.evaluate("document.getElementById('publish-data').select()");
    page.type(data);
    page.click("#publish-send");
}

/// Watches a topic in the page.
void tail(tab& page, std::string const& topic) {
    page.evaluate("document.getElementById('tail-topic').focus()");
    page.evaluate("document.getElementById('tail-topic').select()");
    page.type(topic);
    page.click("#tail-start");
    page.await_text("#tail-state", "watching");
    page.await_text("#tail-events", "Successfully connected");
}

}  // namespace

TEST_CASE("the console loads without complaint and is live") {
    admin_server const server;
    browser chromium;
    auto page = chromium.open(server.admin("/"));
    page.await_text("#feed", "live");
    page.await_text("#about", server.url(""));
    page.await_text("#clients-now", "0");
    page.await("document.querySelector('#rate-chart .line').getAttribute('d').includes('L')");
    page.await_text("#clients-state", "no clients");
    CHECK(chromium.complaints() == std::vector<std::string>());
    // It would not have been for want of looking.
    page.evaluate("console.error('a test')");
    page.evaluate("fetch('nothing-here')");
    CHECK(chromium.complaints().size() == 2);
}

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

TEST_CASE("topics of strangers are text on the page") {
    admin_server const server;
    browser chromium;
    curl_stream const stranger(server.url("/?topic=%3Cimg%20src=x%20onerror=alert(1)%3E"));
    auto page = chromium.open(server.admin("/"));
    page.await_text("#clients tbody", "<img src=x onerror=alert(1)>");
    page.await_text("#topics tbody", "<img src=x onerror=alert(1)>");
    CHECK(page.evaluate("document.images.length") == "0");
    CHECK(chromium.complaints() == std::vector<std::string>());
}

TEST_CASE("the page's counts follow, and a client can be sent away") {
    admin_server server;
    browser chromium;
    auto page = chromium.open(server.admin("/"));
    page.await_text("#clients-now", "0");
    {
        curl_stream stream(server.url("/?topic=news"));
        page.await_text("#clients-now", "1");
        page.await_text("#clients tbody", "news");
        page.await_text("#topics tbody", "news");
        page.click("[aria-label='Kick client 1']");
        CHECK(stream.wait() == curl_unfinished);
    }
    page.await_text("#clients-now", "0");
    page.await_text("#clients-state", "no clients");
    CHECK(page.evaluate("document.querySelectorAll('#clients tbody tr').length") == "0");
}

TEST_CASE("what the server refuses is said on the page") {
    admin_server const server;
    browser chromium;
    auto page = chromium.open(server.admin("/"));
    publish(page, "orders/*", "for all of them");
    page.await_text("#publish-result", "pattern");
    CHECK(page.evaluate("document.getElementById('publish-result').className") == "bad");
}

TEST_CASE("a console comes back when the server does") {
    std::optional<admin_server> server(std::in_place);
    auto const address = server->admin("").substr(std::string("http://").size());
    browser chromium;
    auto page = chromium.open(server->admin("/"));
    tail(page, "*");
    CHECK(server->stop(SIGTERM) == 0);
    page.await_text("#feed", "no connection");
    server.emplace(std::vector<std::string>{"--admin", address});
    page.await_text("#feed", "live");
    page.await_text("#tail-state", "watching");
    // The history went with the first server, and the tail says so.
    page.await_text("#tail-events", "missing (other-epoch)");
    page.await_text("#clients-now", "1");
    page.close();
}

TEST_CASE("a browser that has closed its page is no client any more") {
    admin_server server;
    browser chromium;
    auto page = chromium.open(server.admin("/"));
    tail(page, "*");
    server.await_stat("clients", 1);
    page.close();
    server.await_stat("clients", 0);
}

TEST_CASE("the console can be used with the keyboard alone") {
    admin_server const server;
    curl_stream stream(server.url("/"));
    browser chromium;
    auto page = chromium.open(server.admin("/"));
    page.await_text("#clients tbody", "127.0.0.1");
    auto const focus = "document.activeElement.id || document.activeElement.textContent";
    std::vector<std::string> order;
    for (int i = 0; i < 20; ++i) {
        page.press("Tab");
        order.push_back(page.evaluate(focus));
        // Whoever has the focus is seen to have it.
        CHECK(page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none");
        if (order.back() == "publish-data") page.type("by keyboard");
        if (order.back() == "publish-data") page.press("Enter", 2);
        if (order.back() == "Kick") break;
    }
    CHECK(order.back() == "Kick");
    stream.output().until("data: by keyboard\n\n");
    page.press("Enter");
    CHECK(stream.wait() == curl_unfinished);
}

TEST_CASE("the pages fit on a phone, and everything on them has a name") {
    admin_server const server;
    curl_stream const stream(
        server.url("/?topic=a-rather-long-topic/with/many/segments/and/no/end/for/a-while"));
    browser chromium;
    for (auto const* path : {"/", "/demo"}) {
        auto page = chromium.open(server.admin(path));
        if (path == std::string("/")) page.await_text("#clients tbody", "a-rather-long");
        page.show(360, "dark");
        page.await("document.documentElement.scrollWidth === 360");
        auto const dark = page.evaluate("getComputedStyle(document.body).backgroundColor");
        page.show(360, "light");
        CHECK(page.evaluate("getComputedStyle(document.body).backgroundColor") != dark);
        // The browser's own idea of what a screen reader would say.
        CHECK(page.evaluate("[...document.querySelectorAll('input, textarea')]"
                            ".filter((each) => each.labels.length === 0).length") == "0");
        CHECK(page.evaluate("[...document.querySelectorAll('button, a')]"
                            ".filter((each) => !each.innerText.trim()).length") == "0");
        page.close();
    }
}
