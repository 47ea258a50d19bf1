#include "support/admin_server.hpp"
#include "support/curl.hpp"

#include "support/catch.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

using namespace end_to_end;

namespace {

std::string path_of(std::string const& name) {
    if (name == "index.html") return "/";
    if (name == "demo.html") return "/demo";
    return "/console/" + name;
}

std::string type_of(std::filesystem::path const& name) {
    if (name.extension() == ".html") return "text/html; charset=utf-8";
    if (name.extension() == ".css") return "text/css; charset=utf-8";
    if (name.extension() == ".js") return "text/javascript; charset=utf-8";
    if (name.extension() == ".svg") return "image/svg+xml";
    return "";
}

std::string text_of(std::filesystem::path const& file) {
    std::ifstream from(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(from), {}};
}

void check_refused_to_strangers(admin_server const& server, std::string const& path) {
    INFO(path);
    for (auto const* field :
         {"Host: evil.example", "Origin: http://evil.example", "Sec-Fetch-Site: cross-site"})
        CHECK_THAT(fetch(server.admin(path), {"-i", "-H", field}),
                   StartsWith("HTTP/1.1 403 Forbidden\r\n"));
}

}  // namespace

TEST_CASE("every file of the console is served, as what it is and by strict rules") {
    admin_server server;
    std::size_t files = 0;
    for (auto const& each :
         std::filesystem::directory_iterator(PROJECT_SOURCE_DIR "/src/app/console")) {
        auto const type = type_of(each.path());
        if (type.empty()) continue;
        ++files;
        auto const path = path_of(each.path().filename());
        INFO(path);
        auto const head = fetch(server.admin(path), {"-I"});
        CHECK_THAT(head, StartsWith("HTTP/1.1 200 OK\r\n") &&
                             ContainsSubstring("\r\nContent-Type: " + type + "\r\n") &&
                             ContainsSubstring("\r\nX-Content-Type-Options: nosniff\r\n") &&
                             ContainsSubstring("\r\nCache-Control: no-cache\r\n") &&
                             ContainsSubstring("\r\nContent-Security-Policy: default-src 'self';"));
        CHECK(fetch(server.admin(path), {}) == text_of(each.path()));
        check_refused_to_strangers(server, path);
        CHECK_THAT(fetch(server.url(path == "/" ? "/console" : path)),
                   StartsWith("HTTP/1.1 404 Not Found\r\n"));
    }
    CHECK(files > 10);
}

TEST_CASE("no page of a stranger gets the console's streams") {
    admin_server server;
    for (auto const* path : {"/console/events", "/console/tail", "/demo/events"})
        check_refused_to_strangers(server, path);
    CHECK(server.stat("joined") == 0);
}

TEST_CASE("the console's feed says how things are, again and again") {
    admin_server server;
    curl feed(server.admin("/console/events"));
    feed.output().until("retry: 1000\ndata: {\"version\":\"");
    feed.output().until("\"clients\":0,");
    curl_stream const client(server.url("/"));
    feed.output().until("\"clients\":1,\"behind\":0,\"joined\":1,\"ended\":0,");
    feed.output().until("\"deliveries\":1,");
}

TEST_CASE("the demo's stream has the public one's limits, and the tail has none") {
    admin_server server({"--max-clients", "1"});
    curl_stream const first(server.url("/"));
    CHECK_THAT(fetch(server.admin("/demo/events")),
               StartsWith("HTTP/1.1 503 Service Unavailable\r\n"));
    curl_stream tail(server.admin("/console/tail?topic=news"));
    fetch(server.admin("/topics/news"), {"-d", "Hello"});
    tail.output().until("data: Hello\n\n");
}
