#include <fibercast/http/access_log.hpp>
#include <fibercast/http/request_error.hpp>

#include "http/some_peer.hpp"
#include "support/captured_log.hpp"
#include "support/catch.hpp"

#include <chrono>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

using namespace fibercast;
using namespace std::chrono_literals;

namespace {

using sent = std::vector<std::pair<std::string, std::string>>;

/// A logged handler with the time in the test's hand, and its lines.
class logged {
public:
    explicit logged(handler inner, access_log_options settings = {}) {
        settings.write = [this](std::string_view line) { lines.emplace_back(line); };
        settings.now = [this] { return now; };
        answering = with_access_log(std::move(settings), std::move(inner));
    }

    response ask(std::string const& target, sent const& with = {}, std::string method = "GET") {
        fields all;
        for (auto const& [name, value] : with) all.add(name, value);
        return answering(request(std::move(method), target, all, "", &from));
    }

    /// The line of a request that is answered at once.
    std::string line(std::string const& target, sent const& with = {}, std::string method = "GET") {
        lines.clear();
        ask(target, with, std::move(method));
        REQUIRE(lines.size() == 1);
        return lines.front();
    }

    some_peer const from{"192.0.2.1"};
    std::chrono::steady_clock::time_point now{24h};
    std::vector<std::string> lines;
    handler answering;
};

response ok(request const&) { return response::plain(status::ok); }

}  // namespace

TEST_CASE("a line says who asked for what, and what came of it") {
    logged log(ok);
    CHECK(log.line("/path?a=b", {{"User-Agent", "curl/8"}}) ==
          "192.0.2.1:4711 GET '/path?a=b' 200 0.000 'curl/8'");
    CHECK(log.line("*", {}, "OPTIONS") == "192.0.2.1:4711 OPTIONS '*' 200 0.000 -");
    CHECK(log.line("/", {{"User-Agent", ""}}) == "192.0.2.1:4711 GET '/' 200 0.000 ''");
}

TEST_CASE("a line is written when the answer has ended, with the time until then") {
    logged log([](request const&) { return response(status::ok, "body"); });
    {
        auto const answer = log.ask("/");
        CHECK(answer.body().size() == 4);
        log.now += 90min + 250ms;
        CHECK(log.lines.empty());
    }
    CHECK(log.lines == std::vector<std::string>{"192.0.2.1:4711 GET '/' 200 5400.250 -"});
}

TEST_CASE("what handlers throw has a line, too") {
    auto const line = [](auto what) {
        return logged([what](request const&) -> response { throw what; }).line("/");
    };
    CHECK(line(request_error("gone", status::gone)) == "192.0.2.1:4711 GET '/' 410 0.000 -");
    captured_log const failures;
    CHECK(line(std::runtime_error("broken")) == "192.0.2.1:4711 GET '/' 500 0.000 -");
    CHECK_THAT(failures.text(), ContainsSubstring("has thrown: 'broken'"));
}

TEST_CASE("the client behind a trusted proxy is named") {
    logged log(ok, {.trusted_proxies = {address_range("192.0.2.0/24")}});
    CHECK(log.line("/", {{"X-Forwarded-For", "203.0.113.7"}}) == "203.0.113.7 GET '/' 200 0.000 -");
}

TEST_CASE("no secret is in a line") {
    logged log(ok);
    auto const line = log.line("/?access_token=secret&authorization=secret",
                               {{"Authorization", "Bearer secret"},
                                {"Cookie", "session=secret"},
                                {"Referer", "https://a.example/?secret"}});
    CHECK(line == "192.0.2.1:4711 GET '/?access_token=...&authorization=...' 200 0.000 -");
}

TEST_CASE("what is a secret of the handler's own is in no line, either") {
    logged log(ok, {.hidden_parameters = {"ticket"}});
    CHECK(log.line("/?ticket=secret&a=b") == "192.0.2.1:4711 GET '/?ticket=...&a=b' 200 0.000 -");
}

TEST_CASE("no client writes a second line, or fields of another's, and none writes much") {
    logged log(ok);
    CHECK(log.line("/?a\x1b[2J", {{"User-Agent", "a' 500 9.999 'b\\'\t\xc2\x9b"}}) ==
          R"(192.0.2.1:4711 GET '/?a\x1b[2J' 200 0.000 'a\' 500 9.999 \'b\\\'\t\u{9b}')");
    std::string const much(10'000, 'x');
    auto const line = log.line("/" + much, {{"User-Agent", much}}, much);
    CHECK(line == "192.0.2.1:4711 " + std::string(32, 'x') + " '/" + std::string(511, 'x') +
                      "...' 200 0.000 '" + std::string(512, 'x') + "...'");
    // The cut must not show what a cut in between would: the secret goes first.
    CHECK_THAT(log.line("/?access_token=" + much), !ContainsSubstring("xx"));
}

TEST_CASE("without a writer lines go to the log, at info") {
    auto const answering = with_access_log({}, ok);
    {
        captured_log const log(spdlog::level::info);
        answering(request("GET", "/"));
        CHECK_THAT(log.text(), StartsWith("info: - GET '/' 200 0.0") && EndsWith(" -\n"));
    }
    captured_log const log(spdlog::level::warn);
    CHECK(answering(request("GET", "/")).status() == status::ok);
    CHECK(log.text().empty());
}

TEST_CASE("a writer that throws loses its line alone") {
    auto const answering =
        with_access_log({.write = [](std::string_view) { throw std::runtime_error("full"); }}, ok);
    CHECK(answering(request("GET", "/")).status() == status::ok);
    CHECK_THROWS_AS(with_access_log({.now = nullptr}, ok), std::invalid_argument);
}
