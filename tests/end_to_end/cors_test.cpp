#include "support/admin_server.hpp"
#include "support/curl.hpp"
#include "support/raw_client.hpp"
#include "support/server_process.hpp"
#include "support/temporary_file.hpp"

#include "support/catch.hpp"

#include <string>
#include <vector>

using namespace end_to_end;

namespace {

std::string const app = "https://app.example.com";
std::string const from_app = "Origin: " + app;
std::string const allow_app = "\r\nAccess-Control-Allow-Origin: " + app + "\r\n";

}  // namespace

TEST_CASE("an answer varies with the origin, also for another one and for none") {
    server_process server({"--cors-origin", app});
    for (auto const* const origin : {"Origin: https://evil.example.com", "Origin: null", "X: a"}) {
        INFO(origin);
        CHECK_THAT(
            fetch(server.url("/nothing"), {"-i", "-H", origin}),
            ContainsSubstring("\r\nVary: Origin\r\n") && !ContainsSubstring("Access-Control"));
    }
}

TEST_CASE("OPTIONS that no browser asks beforehand is a method like others") {
    server_process server({"--cors-origin", app});
    CHECK_THAT(fetch(server.url(), {"-i", "-X", "OPTIONS", "-H", from_app}),
               StartsWith("HTTP/1.1 405 Method Not Allowed\r\n") && ContainsSubstring(allow_app));
}

TEST_CASE("a page may read that there is no room, in a stream or by the status") {
    server_process server({"--cors-origin", app, "--max-clients", "1"});
    curl_stream const first(server.url());
    curl second(server.url(), {"-i", "-H", from_app, "-H", "Accept: text/event-stream"});
    CHECK_THAT(second.output().until_end(),
               ContainsSubstring(allow_app) && ContainsSubstring("event: fibercast.busy\n"));
    CHECK(second.wait() == curl_unfinished);
    CHECK_THAT(fetch(server.url(), {"-i", "-H", from_app}),
               StartsWith("HTTP/1.1 503 ") && ContainsSubstring(allow_app));
}

TEST_CASE("what is refused before a handler is asked says nothing of origins") {
    server_process server({"--cors-origin", app});
    raw_client client(server.port());
    client.send("GET / HTTP/1.1\r\n" + from_app + "\r\n\r\n");  // without Host
    CHECK_THAT(client.input().until_end(),
               StartsWith("HTTP/1.1 400 ") && !ContainsSubstring("Access-Control"));
}

TEST_CASE("who may read the public address gets no further at the admin address") {
    admin_server server({"--cors-origin", app, "--cors-credentials"});
    CHECK_THAT(fetch(server.url("/nothing"), {"-i", "-H", from_app}), ContainsSubstring(allow_app));
    for (auto const& more : {std::vector<std::string>{"-d", "Hello"},
                             {"-X", "OPTIONS", "-H", "Access-Control-Request-Method: POST"}}) {
        std::vector<std::string> options{"-i", "-H", from_app};
        options.insert(options.end(), more.begin(), more.end());
        CHECK_THAT(
            fetch(server.admin("/broadcast"), options),
            StartsWith("HTTP/1.1 403 Forbidden\r\n") && !ContainsSubstring("Access-Control"));
    }
    CHECK(server.stat("broadcasts") == 0);
}

TEST_CASE("origins may come from a file") {
    temporary_file const file("cors-origin = \"https://a.example.com," + app +
                              "\"\n"
                              "cors-credentials = true\n");
    server_process server({"--config", file.path()});
    CHECK_THAT(fetch(server.url("/nothing"), {"-i", "-H", from_app}),
               ContainsSubstring(allow_app) &&
                   ContainsSubstring("Access-Control-Allow-Credentials: true"));
}
