#include "server/server_under_test.hpp"

#include "support/curl.hpp"

#include <fibercast/http/access_log.hpp>
#include <fibercast/http/cors.hpp>
#include <fibercast/http/origin_check.hpp>
#include <fibercast/http/rate_limit.hpp>

#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

using namespace fibercast;
using namespace std::chrono_literals;

namespace {

constexpr auto app = "https://app.example.com";
constexpr auto allow_app = "\r\nAccess-Control-Allow-Origin: https://app.example.com\r\n";

/// All wrappers around the routes of a test, and the lines of the log.
class wrapped {
public:
    explicit wrapped(rate_limit_options limit = {.burst = 1'000}) {
        test.routes.post("/change",
                         [](request const&) { return response::plain(status::accepted); });
        auto const with_origins =
            with_cors({.origins = {app}, .credentials = true},
                      with_origin_check({.origins = {app}, .cookie = "session"}, test.routes));
        server.emplace(with_access_log({.write = [this](std::string_view line) { keep(line); }},
                                       with_rate_limit(std::move(limit), with_origins)),
                       test.settings);
        server->start();
    }
    ~wrapped() { server->stop(); }

    std::string url(std::string const& path) const {
        return "http://" + server->address().text() + path;
    }

    /// Without addresses and seconds.
    std::vector<std::string> lines() const {
        std::lock_guard const lock(mutex_);
        return lines_;
    }

private:
    void keep(std::string_view line) {
        auto const method = line.find(' ') + 1;
        auto const agent = line.rfind(' ');
        auto const seconds = line.rfind(' ', agent - 1);
        std::lock_guard const lock(mutex_);
        lines_.push_back(std::string(line.substr(method, seconds - method)) +
                         std::string(line.substr(agent)));
    }

    mutable std::mutex mutex_;
    std::vector<std::string> lines_;

public:
    server_under_test test;
    std::optional<fibercast::server> server;
};

using lines = std::vector<std::string>;

}  // namespace

TEST_CASE("wrappers stand around each other, and their answers go through those outside") {
    wrapped all({.requests = 1, .period = 1h, .burst = 2});
    auto const ask = [&] {
        return fetch(all.url("/"), {"-i", "-A", "me", "-H", std::string("Origin: ") + app});
    };
    for (int i = 0; i < 2; ++i)
        CHECK_THAT(ask(), StartsWith("HTTP/1.1 200 ") && ContainsSubstring(allow_app));
    CHECK_THAT(ask(),
               StartsWith("HTTP/1.1 429 ") && ContainsSubstring("\r\nRetry-After: 3600\r\n"));
    CHECK(eventually([&] { return all.lines().size() == 3; }));
    CHECK(all.lines() == lines{"GET '/' 200 'me'", "GET '/' 200 'me'", "GET '/' 429 'me'"});
}

TEST_CASE("a page reads that it has asked too often where CORS stands outside") {
    server_under_test test;
    auto const answer = with_access_log(
        {},
        with_cors({.origins = {app}}, with_rate_limit({.period = 1h, .burst = 1}, test.routes)));
    server serving{answer, test.settings};
    serving.start();
    auto const url = "http://" + serving.address().text();
    auto const ask = [&] { return fetch(url, {"-i", "-H", std::string("Origin: ") + app}); };
    CHECK_THAT(ask(), StartsWith("HTTP/1.1 200 "));
    CHECK_THAT(ask(), StartsWith("HTTP/1.1 429 ") && ContainsSubstring(allow_app));
    serving.stop();
}

TEST_CASE("a stranger's page changes nothing, and reads why if its origin is listed") {
    wrapped const all;
    auto const post = [&](std::string const& origin, std::string const& cookie) {
        return fetch(all.url("/change"),
                     {"-i", "-d", "x", "-H", "Origin: " + origin, "-H", "Cookie: " + cookie});
    };
    CHECK_THAT(post("https://evil.example.com", "session=1"),
               StartsWith("HTTP/1.1 403 ") && !ContainsSubstring("Access-Control"));
    CHECK_THAT(post(app, "session=1"), StartsWith("HTTP/1.1 202 ") && ContainsSubstring(allow_app));
    CHECK_THAT(post("https://evil.example.com", "other=1"), StartsWith("HTTP/1.1 202 "));
}

TEST_CASE("a stream has its line when it ends") {
    wrapped all;
    {
        curl stream(all.url("/events?access_token=secret"), {"-A", "me"});
        stream.output().until("data: welcome\n\n");
        CHECK(all.lines().empty());
        all.test.broadcast("one");
        stream.output().until("data: one\n\n");
        CHECK(all.lines().empty());
        CHECK(all.test.clients.size() == 1);
    }
    CHECK(eventually([&] { return all.lines().size() == 1; }));
    CHECK(all.lines() == lines{"GET '/events?access_token=...' 200 'me'"});
}

TEST_CASE("what the client has asked with HEAD has its line") {
    wrapped const all;
    CHECK_THAT(fetch(all.url("/"), {"-I", "-A", "me"}), ContainsSubstring("Content-Length: 5"));
    CHECK(eventually([&] { return all.lines().size() == 1; }));
    CHECK(all.lines() == lines{"HEAD '/' 200 'me'"});
}
