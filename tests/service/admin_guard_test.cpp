#include <fibercast/service/admin_guard.hpp>

#include "service/service_under_test.hpp"

#include "support/catch.hpp"

#include <atomic>
#include <string>
#include <utility>
#include <vector>

using namespace fibercast;
namespace {

using sent = std::vector<std::pair<std::string, std::string>>;

status answer(sent const& with, guard_options settings = {}, std::string method = "POST") {
    auto const inner = [](request const&) { return response::plain(status::ok); };
    fields all;
    for (auto const& [name, value] : with) all.add(name, value);
    return guarded(inner, std::move(settings))(request(std::move(method), "/broadcast", all))
        .status();
}

status of_host(std::string const& host) { return answer({{"Host", host}}); }

}  // namespace

TEST_CASE("names of this machine are let in, whatever the port") {
    for (auto const* host :
         {"localhost", "localhost:8081", "LocalHost:1", "127.0.0.1", "127.0.0.1:8081",
          "127.255.0.9:80", "[::1]", "[::1]:8081", "[0:0:0:0:0:0:0:1]:1"}) {
        INFO(host);
        CHECK(of_host(host) == status::ok);
    }
    CHECK(answer({}) == status::ok);  // HTTP/1.0
}

TEST_CASE("a stranger's name that leads here is refused") {
    for (auto const* host :
         {"", "example.org", "localhost.example.org", "127.0.0.1.example.org:8081", "127.1",
          "0.0.0.0:8081", "[::]:8081", "[::1", "[::1]x", "10.0.0.1", "localhost.", "evil@localhost",
          "2130706433", "localhost,example.org"}) {
        INFO(host);
        CHECK(of_host(host) == status::forbidden);
    }
}

TEST_CASE("further names can be given") {
    guard_options const more{.hosts = {"admin.example.org"}};
    CHECK(answer({{"Host", "Admin.example.org:443"}}, more) == status::ok);
    CHECK(answer({{"Host", "localhost"}}, more) == status::ok);
    CHECK(answer({{"Host", "example.org"}}, more) == status::forbidden);
    CHECK(answer({{"Host", "admin.example.org"}, {"Origin", "https://admin.example.org"}}, more) ==
          status::ok);
}

TEST_CASE("only the address's own pages are let in") {
    auto const of = [](std::string const& origin) {
        return answer({{"Host", "localhost:8081"}, {"Origin", origin}});
    };
    CHECK(of("http://localhost:8081") == status::ok);
    for (auto const* origin :
         {"", "null", "http://example.org", "http://localhost:3000", "http://localhost",
          "http://127.0.0.1:8081", "file://", "chrome-extension://localhost:8081",
          "http://localhost:8081.example.org", "localhost:8081"}) {
        INFO(origin);
        CHECK(of(origin) == status::forbidden);
    }
    CHECK(answer({{"Origin", "http://localhost:8081"}}) == status::forbidden);
}

TEST_CASE("what a browser calls cross-site is refused") {
    auto const of = [](std::string const& site) {
        return answer({{"Host", "localhost"}, {"Sec-Fetch-Site", site}});
    };
    CHECK(of("cross-site") == status::forbidden);
    CHECK(of("Cross-Site") == status::forbidden);
    CHECK(of("same-origin") == status::ok);
    CHECK(of("none") == status::ok);
}

TEST_CASE("who follows a link of another site is let in, to a page of its own") {
    auto const of = [](std::string const& mode, std::string const& destination,
                       std::string const& method = "GET") {
        return answer({{"Host", "localhost"},
                       {"Sec-Fetch-Site", "cross-site"},
                       {"Sec-Fetch-Mode", mode},
                       {"Sec-Fetch-Dest", destination}},
                      {}, method);
    };
    CHECK(of("navigate", "document") == status::ok);
    CHECK(of("navigate", "document", "POST") == status::forbidden);  // a form
    CHECK(of("navigate", "iframe") == status::forbidden);
    CHECK(of("no-cors", "image") == status::forbidden);
    CHECK(of("cors", "empty") == status::forbidden);
    CHECK(of("no-cors", "document") == status::forbidden);
}

TEST_CASE("who is refused is told why in a sentence, and the handler hears nothing") {
    service_under_test server;
    std::atomic<int> asked = 0;
    server.routes.get("/guarded", guarded([&](request const&) {
                          ++asked;
                          return response::plain(status::ok);
                      }));
    server.start();
    auto const refused = [&](std::string const& field) {
        auto const text = server.get("/guarded", {"-H", field});
        CHECK_THAT(text, StartsWith("HTTP/1.1 403 Forbidden\r\n"));
        return body_of(text);
    };
    CHECK(refused("Host: evil.example:8081") == "this address is not called 'evil.example:8081'\n");
    CHECK(refused("Origin: https://evil.example") ==
          "pages of 'https://evil.example' have no access here\n");
    CHECK(refused("Sec-Fetch-Site: cross-site") == "pages of other sites have no access here\n");
    CHECK(asked == 0);
    CHECK_THAT(server.get("/guarded"), StartsWith("HTTP/1.1 200 OK\r\n"));
    CHECK(asked == 1);
}
