#include <fibercast/http/origin_check.hpp>

#include "support/catch.hpp"

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

using namespace fibercast;

namespace {

using sent = std::vector<std::pair<std::string, std::string>>;

std::vector<std::string> const listed{"https://app.example.com", "http://localhost:3000"};

request ask(std::string method, sent const& with) {
    fields all;
    for (auto const& [name, value] : with) all.add(name, value);
    return request(std::move(method), "/", all);
}

bool is_from(sent const& with) { return is_from_origin(ask("POST", with), listed); }

status answer(std::string method, sent const& with) {
    auto const inner = [](request const&) { return response::plain(status::ok); };
    return with_origin_check({listed, "session"}, inner)(ask(std::move(method), with)).status();
}

}  // namespace

TEST_CASE("a page of a listed origin may change something, by Origin or by Referer") {
    CHECK(is_from({{"Origin", "https://app.example.com"}}));
    CHECK(is_from({{"Referer", "https://app.example.com"}}));
    CHECK(is_from({{"Referer", "https://app.example.com/path?a=https://evil.org#b"}}));
    CHECK(is_from({{"referer", "http://localhost:3000/"}}));
    CHECK(is_from({{"Origin", "https://app.example.com"}, {"Referer", "https://evil.org/"}}));
}

TEST_CASE("nobody else may, nor who does not say where it comes from") {
    CHECK_FALSE(is_from({}));
    for (auto const* origin :
         {"", "null", "*", "https://evil.org", "http://app.example.com", "https://App.example.com",
          "https://app.example.com:8443", "https://app.example.com.evil.org",
          "https://app.example.com/", "https://app.example.com, https://app.example.com"}) {
        INFO(origin);
        CHECK_FALSE(is_from({{"Origin", origin}}));
        // An Origin is believed, whatever Referer says.
        CHECK_FALSE(is_from({{"Origin", origin}, {"Referer", "https://app.example.com/"}}));
    }
    for (auto const* url :
         {"", "null", "/", "app.example.com/", "https:/app.example.com/", "https://evil.org/",
          "https://app.example.com@evil.org/", "https://app.example.com.evil.org/",
          "https://app.example.com:8443/", "https://app.example.com\\.evil.org/",
          "https://evil.org/?https://app.example.com/", "://app.example.com/", "/a", "about:blank",
          "data:,x", "https://evil.org/https://app.example.com/", "https://APP.example.com/"}) {
        INFO(url);
        CHECK_FALSE(is_from({{"Referer", url}}));
    }
    CHECK_FALSE(is_from({{"Origin", "https://app.example.com"}, {"Origin", "https://evil.org"}}));
    CHECK_FALSE(
        is_from({{"Referer", "https://app.example.com/"}, {"Referer", "https://evil.org/"}}));
}

TEST_CASE("what changes nothing may come from everywhere") {
    for (auto const* method : {"GET", "HEAD", "OPTIONS", "QUERY"})
        CHECK(is_from_origin(ask(method, {{"Origin", "https://evil.org"}}), listed));
    for (auto const* method : {"POST", "PUT", "PATCH", "DELETE", "TRACE", "get", "", "ANYTHING"})
        CHECK_FALSE(is_from_origin(ask(method, {}), listed));
}

TEST_CASE("a request with the cookie from elsewhere is forbidden") {
    sent const strange{{"Cookie", "session=1"}, {"Origin", "https://evil.org"}};
    CHECK(answer("POST", strange) == status::forbidden);
    CHECK(answer("DELETE", strange) == status::forbidden);
    CHECK(answer("GET", strange) == status::ok);
    CHECK(answer("POST", {{"Cookie", "session=1"}}) == status::forbidden);
    CHECK(answer("POST", {{"Cookie", "session=1"}, {"Origin", listed[0]}}) == status::ok);
}

TEST_CASE("the cookie is found among others, and nothing else is taken for it") {
    for (auto const* cookie :
         {"session=1", "a=b; session=1", "a=b;session=1;c=d", " session =1", "session",
          "session=", "Session=1", "a=b;\tsession=1", "; session=1"}) {
        INFO(cookie);
        CHECK(answer("POST", {{"Cookie", cookie}}) == status::forbidden);
    }
    for (auto const* cookie :
         {"", "a=session=1", "a=session", "sessions=1", "a=b,session=1", ";"}) {
        INFO(cookie);
        CHECK(answer("POST", {{"Cookie", cookie}}) == status::ok);
    }
    CHECK(answer("POST", {{"Cookie", "a=b"}, {"cookie", "session=1"}}) == status::forbidden);
    CHECK(answer("POST", {{"Origin", "https://evil.org"}}) == status::ok);
}

TEST_CASE("a check that would let any page in, or find no cookie, is refused") {
    auto const make = [](origin_check_options settings) {
        with_origin_check(std::move(settings), [](request const&) { return response(status::ok); });
    };
    CHECK_THROWS_AS(make({{"*"}, "session"}), std::invalid_argument);
    CHECK_THROWS_AS(make({{"null"}, "session"}), std::invalid_argument);
    CHECK_THROWS_AS(make({{"https://app.example.com/"}, "session"}), std::invalid_argument);
    CHECK_THROWS_AS(make({listed, ""}), std::invalid_argument);
    CHECK_THROWS_AS(make({listed, "a=b"}), std::invalid_argument);
    CHECK_NOTHROW(make({{}, "session"}));
}
