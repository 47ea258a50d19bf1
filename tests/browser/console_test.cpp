#include "browser/browser.hpp"
#include "browser/console_page.hpp"
#include "end_to_end/support/admin_server.hpp"
#include "support/curl.hpp"

#include "support/catch.hpp"

#include <string>
#include <vector>

using namespace end_to_end;

TEST_CASE("the console loads without complaint and is live") {
    admin_server const server;
    browser chromium;
    auto page = chromium.open(server.admin("/"));
    page.await_text("#feed", "live");
    page.await_text("#about", server.url(""));
    page.await_text("#clients-now", "0");
    page.await("document.querySelector('#rate-chart .line').getAttribute('d')?.includes('L')");
    page.await_text("#clients-state", "no clients");
    CHECK(chromium.complaints() == std::vector<std::string>());
    // It would not have been for want of looking.
    page.evaluate("console.error('a test')");
    page.evaluate("fetch('nothing-here')");
    // The word about it may come after the answer.
    await("both complaints", [&] {
        page.evaluate("0");
        return chromium.complaints().size() == 2;
    });
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

TEST_CASE("the list of clients has those of a topic once that is typed, and not before") {
    admin_server const server;
    curl_stream const one(server.url("/?topic=orders"));
    browser chromium;
    auto page = chromium.open(server.admin("/"));
    page.await_text("#clients tbody", "orders");
    page.evaluate("document.getElementById('clients-topic').focus()");
    page.type("new");
    // It is asked for again meanwhile, as somebody comes.
    curl_stream const two(server.url("/?topic=news"));
    page.await_text("#clients-state", "2 shown");
    page.type("s");
    page.press("Enter");
    page.await_text("#clients-state", "1 shown");
    CHECK(page.text("#clients tbody").find("orders") == std::string::npos);
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
