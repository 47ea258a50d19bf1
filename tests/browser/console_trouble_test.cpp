#include "browser/browser.hpp"
#include "browser/console_page.hpp"
#include "end_to_end/support/admin_server.hpp"
#include "support/curl.hpp"

#include "support/catch.hpp"

#include <csignal>
#include <optional>
#include <string>
#include <vector>

using namespace end_to_end;

TEST_CASE("what the server refuses is said on the page") {
    admin_server const server;
    browser chromium;
    auto page = chromium.open(server.admin("/"));
    publish(page, "orders/*", "for all of them");
    page.await_text("#publish-result", "pattern");
    CHECK(page.evaluate("document.getElementById('publish-result').className") == "bad");
}

TEST_CASE("a console comes back when the server does") {
    // Where nobody takes its port while it is away.
    std::optional<admin_server> server(std::in_place, own_loopback_address());
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

TEST_CASE("a console says that its server stands still, and is live as soon as it is not") {
    admin_server server;
    browser chromium;
    auto page = chromium.open(server.admin("/"));
    page.await_text("#feed", "live");
    server.process().send(SIGSTOP);
    page.await_text("#feed", "no answer");
    server.process().send(SIGCONT);
    page.await_text("#feed", "live");
}

TEST_CASE("a list says that it has no answer, and asks again") {
    admin_server server;
    curl_stream const stream(server.url("/?topic=news"));
    browser chromium;
    auto page = chromium.open(server.admin("/"));
    page.await_text("#clients tbody", "news");
    // A connection that leads nowhere any more: whoever asks has to give up.
    page.evaluate(
        "window.honest = fetch; fetch = (_, {signal}) => new Promise((_, fail) => "
        "signal.addEventListener('abort', () => fail(signal.reason)))");
    page.await_text("#clients-state", "no answer");
    page.await_text("#topics-state", "no answer");
    // Nor does the button stay without an effect for ever.
    page.evaluate("fetch = () => Promise.reject(new Error('no network'))");
    page.click("[aria-label='Kick client 1']");
    page.evaluate("fetch = honest");
    page.await_text("#clients-state", "1 shown");
    page.await("document.getElementById('topics-state').innerText === ''");
    CHECK(chromium.complaints() == std::vector<std::string>());
}
