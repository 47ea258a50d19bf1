#include "browser/browser.hpp"
#include "end_to_end/support/admin_server.hpp"
#include "support/curl.hpp"

#include "support/catch.hpp"

#include <csignal>
#include <optional>
#include <string>
#include <vector>

using namespace end_to_end;

namespace {

std::size_t count_of(std::string const& part, std::string const& text) {
    std::size_t count = 0;
    for (auto at = text.find(part); at != text.npos; at = text.find(part, at + 1)) ++count;
    return count;
}

}  // namespace

TEST_CASE("the demo is a client, and shows what it gets") {
    admin_server server;
    browser chromium;
    auto page = chromium.open(server.admin("/demo"));
    page.await_text("#demo-state", "connected");
    page.await_text("#demo-events", "Successfully connected");
    fetch(server.admin("/broadcast"), {"-d", "Hello"});
    page.await_text("#demo-events", "Hello");
    CHECK(chromium.complaints() == std::vector<std::string>());
}

TEST_CASE("the demo reads a compressed stream, in tabs that come one after the other") {
    auto const coding = GENERATE("br", "zstd", "gzip");
    admin_server server({"--compression", coding});
    browser chromium;
    auto first = chromium.open(server.admin("/demo"));
    first.await_text("#demo-events", "Successfully connected");
    fetch(server.admin("/broadcast"), {"-d", "Hello"});
    first.await_text("#demo-events", "Hello");
    auto second = chromium.open(server.admin("/demo"));
    second.await_text("#demo-events", "Successfully connected");
    for (auto const* const text : {"one", "two", "three"}) {
        fetch(server.admin("/broadcast"), {"-d", text});
        first.await_text("#demo-events", text);
        second.await_text("#demo-events", text);
    }
    CHECK(server.stat("compressed") > 0);
    std::string large;
    for (unsigned number = 1; large.size() < 100'000; ++number)
        large += std::to_string(number * 2'654'435'761U) + ' ';
    fetch(server.admin("/broadcast"), {"-d", large});
    first.await_text("#demo-events", "(" + std::to_string(large.size()) + " characters)");
    CHECK(chromium.complaints() == std::vector<std::string>());
    fetch(server.admin("/clients/1"), {"-X", "DELETE"});  // it comes back
    fetch(server.admin("/broadcast"), {"-d", "four"});
    first.await_text("#demo-events", "four");
    second.await_text("#demo-events", "four");
}

TEST_CASE("an event that is called error is an event, and no end of the connection") {
    admin_server server;
    browser chromium;
    auto page = chromium.open(server.admin("/demo"));
    page.evaluate("document.getElementById('demo-types').focus()");
    page.type("open error");  // which disconnects
    page.click("#demo-connect");
    page.await_text("#demo-events", "Successfully connected");
    page.await_text("#demo-state", "connected");
    fetch(server.admin("/broadcast?event=error"), {"-d", "Hello"});
    page.await_text("#demo-events", "Hello");
    CHECK(page.text("#demo-state") == "connected");
    CHECK(chromium.complaints() == std::vector<std::string>());
}

TEST_CASE("an EventSource that was sent away comes back and gets what it has missed, once") {
    admin_server server;
    browser chromium;
    auto page = chromium.open(server.admin("/demo"));
    page.await_text("#demo-events", "Successfully connected");
    fetch(server.admin("/clients/1"), {"-X", "DELETE"});
    server.await_stat("clients", 0);
    fetch(server.admin("/broadcast"), {"-d", "missed"});
    page.await_text("#demo-events", "missed");
    fetch(server.admin("/broadcast"), {"-d", "Hello"});
    page.await_text("#demo-events", "Hello");
    CHECK(count_of("missed", page.text("#demo-events")) == 1);
    // It has named the id that it had last, so it was neither greeted again nor told of a gap.
    CHECK(count_of("Successfully connected", page.text("#demo-events")) == 1);
    CHECK(count_of("fibercast.gap", page.text("#demo-events")) == 0);
}

TEST_CASE("an EventSource that comes back to another server is told of the gap") {
    std::optional<admin_server> server(std::in_place, own_loopback_address());
    auto const address = server->admin("").substr(std::string("http://").size());
    browser chromium;
    auto page = chromium.open(server->admin("/demo"));
    page.await_text("#demo-events", "Successfully connected");
    CHECK(server->stop(SIGTERM) == 0);
    page.await_text("#demo-state", "coming back");
    server.emplace(std::vector<std::string>{"--admin", address});
    page.await_text("#demo-events", "missing (other-epoch)");
    fetch(server->admin("/broadcast"), {"-d", "Hello again"});
    page.await_text("#demo-events", "Hello again");
    page.close();
}

TEST_CASE("an EventSource for which there is no room comes again until there is") {
    admin_server server({"--max-clients", "1"});
    browser chromium;
    std::optional<curl_stream> first(std::in_place, server.url("/"));
    auto page = chromium.open(server.admin("/demo"));
    page.await_text("#demo-events", "fibercast.busy");
    page.await_text("#demo-state", "coming back");
    first.reset();
    server.await_stat("clients", 0);
    // It was told to wait for up to 15 s.
    page.await_text("#demo-events", "Successfully connected", 3 * patience);
    page.await_text("#demo-state", "connected");
}

TEST_CASE("a page that was closed, or left for another, is gone from the clients at once") {
    admin_server server;
    browser chromium;
    auto first = chromium.open(server.admin("/demo"));
    auto second = chromium.open(server.admin("/demo"));
    first.await_text("#demo-events", "Successfully connected");
    second.await_text("#demo-events", "Successfully connected");
    server.await_stat("clients", 2);
    first.close();
    server.await_stat("clients", 1);
    second.reload();
    server.await_stat("joined", 3);
    server.await_stat("clients", 1);
    second.close();
    server.await_stat("clients", 0);
}
