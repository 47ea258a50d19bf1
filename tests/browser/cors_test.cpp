#include "browser/browser.hpp"
#include "end_to_end/support/server_process.hpp"

#include "support/catch.hpp"

#include <fmt/format.h>

#include <string>

using namespace end_to_end;

namespace {

/// What browsers call it.
std::string origin_of(server_process const& server) {
    auto const url = server.url("/");
    return url.substr(0, url.size() - 1);
}

/// A page of that origin. There is nothing on it.
tab page_of(server_process const& server, browser& in) { return in.open(server.url("/nothing")); }

std::string options_of(bool credentials) { return credentials ? "{withCredentials: true}" : "{}"; }

/// Begins to listen to a stream: what comes is in `got`.
void listen(tab& page, std::string const& url, bool credentials) {
    page.evaluate(
        fmt::format("got = []; source = new EventSource('{}', {});"
                    "source.onmessage = event => got.push(event.data); 0",
                    url, options_of(credentials)));
}

/// What a page reads first with fields that it may not send unasked; "refused" if it may not.
std::string fetched(tab& page, std::string const& url, std::string const& credentials) {
    return page.evaluate(
        fmt::format("fetch('{}', {{credentials: '{}', headers: {{'Last-Event-ID': 'earliest',"
                    " 'Authorization': 'Bearer x'}}}})"
                    ".then(answer => answer.body.getReader().read())"
                    ".then(first => new TextDecoder().decode(first.value), () => 'refused')",
                    url, credentials));
}

}  // namespace

// The browser ends first, and its streams with it.

TEST_CASE("a page of an origin that is allowed reads the stream, with cookies or without") {
    server_process home;
    server_process streams(
        {"--cors-origin", "https://app.example.com," + origin_of(home), "--cors-credentials"});
    browser chromium;
    auto page = page_of(home, chromium);
    for (bool const credentials : {false, true}) {
        listen(page, streams.url(), credentials);
        page.await("got[0] === 'Successfully connected'");
        streams.execute("broadcast Hello");
        page.await("got[1] === 'Hello'");
        page.evaluate("source.close()");
    }
    for (auto const* const credentials : {"omit", "include"})
        CHECK_THAT(fetched(page, streams.url(), credentials), ContainsSubstring("data: Hello"));
}

TEST_CASE("a page of an origin that is not allowed reads nothing") {
    server_process home;
    server_process none;
    server_process others({"--cors-origin", "https://app.example.com", "--cors-credentials"});
    browser chromium;
    auto page = page_of(home, chromium);
    for (auto* const each : {&none, &others}) {
        for (bool const credentials : {false, true}) {
            listen(page, each->url(), credentials);
            page.await("source.readyState === EventSource.CLOSED");
            CHECK(page.evaluate("got.length") == "0");
        }
        CHECK(fetched(page, each->url(), "omit") == "refused");
        CHECK(fetched(page, each->url(), "include") == "refused");
        each->await_stat("clients", 0);
    }
}

TEST_CASE("what all pages may read they read without cookies") {
    server_process home;
    server_process streams({"--cors-origin", "*"});
    browser chromium;
    auto page = page_of(home, chromium);
    listen(page, streams.url(), false);
    page.await("got[0] === 'Successfully connected'");
    page.evaluate("source.close()");
    listen(page, streams.url(), true);
    page.await("source.readyState === EventSource.CLOSED");
    streams.execute("broadcast Hello");
    CHECK_THAT(fetched(page, streams.url(), "omit"), ContainsSubstring("data: Hello"));
    CHECK(fetched(page, streams.url(), "include") == "refused");
}

TEST_CASE("a page reads errors, and that there is no room") {
    server_process home;
    server_process streams({"--cors-origin", origin_of(home), "--max-clients", "1"});
    browser chromium;
    auto page = page_of(home, chromium);
    CHECK(page.evaluate(fmt::format("fetch('{}').then(answer => answer.status)",
                                    streams.url("/nothing"))) == "404");
    listen(page, streams.url(), false);
    page.await("got[0] === 'Successfully connected'");
    page.evaluate(
        fmt::format("told = []; second = new EventSource('{}');"
                    "second.addEventListener('fibercast.busy', event => told.push(event.data)); 0",
                    streams.url()));
    page.await(R"(told[0] === '{"reason":"too-many-clients"}')");
    page.evaluate("source.close(); second.close()");
}

TEST_CASE("a page may not send other fields and methods than those that are named") {
    server_process home;
    server_process streams({"--cors-origin", origin_of(home)});
    browser chromium;
    auto page = page_of(home, chromium);
    for (auto const* const settings :
         {"{headers: {'X-Other': 'a'}}", "{method: 'DELETE'}", "{credentials: 'include'}"}) {
        INFO(settings);
        CHECK(page.evaluate(fmt::format("fetch('{}', {}).then(() => 'read', () => 'refused')",
                                        streams.url("/nothing"), settings)) == "refused");
    }
}
