#include <fibercast/http/request.hpp>

#include "support/catch.hpp"

#include <fibercast/testing/test_address.hpp>

#include <chrono>
#include <stdexcept>
#include <string>
#include <string_view>

using fibercast::request;
using fibercast::testing::test_address;

namespace {

request with_target(std::string const& target) { return request("GET", target); }

struct target_case {
    char const* sent;
    char const* target;
    char const* path;
    char const* query;
};

target_case const targets[] = {
    {"/", "/", "/", ""},
    {"/?", "/?", "/", ""},
    {"/a/b", "/a/b", "/a/b", ""},
    {"/a?b=c", "/a?b=c", "/a", "b=c"},
    {"/a?b?c", "/a?b?c", "/a", "b?c"},
    {"/a%3Fb", "/a%3Fb", "/a?b", ""},
    {"/a?u=http://h/p", "/a?u=http://h/p", "/a", "u=http://h/p"},
    {"http://h", "/", "/", ""},
    {"http://h/", "/", "/", ""},
    {"http://h?b", "/?b", "/", "b"},
    {"http://h:80/a?b", "/a?b", "/a", "b"},
    {"https://h?b/c", "/?b/c", "/", "b/c"},
    {"*", "*", "*", ""},
    {"h:443", "h:443", "h:443", ""},
};

}  // namespace

TEST_CASE("a request knows its target, path and query") {
    for (auto const& each : targets) {
        INFO(each.sent);
        auto const asked = with_target(each.sent);
        CHECK(asked.target() == each.target);
        CHECK(asked.path() == each.path);
        CHECK(asked.query() == each.query);
    }
}

TEST_CASE("a request knows its method, even one that nobody knows") {
    CHECK(request("GET", "/").method() == "GET");
    CHECK(request("BREW", "/").method() == "BREW");
}

TEST_CASE("a request gives the first field of a name, in any case") {
    fibercast::fields fields;
    fields.add("X-Twice", "first");
    fields.add("x-twice", "second");
    fields.add("Host", "example");
    request const asked("POST", "/", fields, "hello");
    CHECK(asked.header("x-TWICE") == "first");
    CHECK(asked.header("Host") == "example");
    CHECK(asked.header("X").empty());
    CHECK(asked.header("").empty());
    CHECK(asked.fields().count("X-TWICE") == 2);
    CHECK(asked.body() == "hello");
}

TEST_CASE("a path is decoded, and what it was stays") {
    request const asked("GET", "/a%20b/%C3%A4%2Fc?q=%20");
    CHECK(asked.path() == "/a b/\xc3\xa4/c");
    CHECK(asked.raw_path() == "/a%20b/%C3%A4%2Fc");
    CHECK(asked.query() == "q=%20");
    CHECK(request("GET", "/a+b").path() == "/a+b");
    CHECK(request("GET", "/%00").path() == std::string_view("/\0", 2));
}

TEST_CASE("a path with a broken encoding makes no request") {
    for (auto const* target : {"/%", "/%4", "/%4g", "/%%41", "/a%"}) {
        INFO(target);
        CHECK_THROWS_AS(request("GET", target), std::invalid_argument);
    }
    CHECK(request("GET", "/?%").query() == "%");  // it may never be asked for
}

TEST_CASE("a request knows where it comes from") {
    struct somebody final : fibercast::peer {
        fibercast::socket_address address() const noexcept override { return test_address(); }
        std::chrono::microseconds round_trip_time() const noexcept override { return {}; }
        std::size_t unsent() const noexcept override { return 0; }
        bool draining() const noexcept override { return false; }
        bool stalled() const noexcept override { return false; }
        void abort() noexcept override {}
        void close_when_ended(fibercast::closable*) noexcept override {}
    } const from;
    CHECK(request("GET", "/", {}, {}, &from).peer().ip() == "192.0.2.1");
    CHECK(request("GET", "/", {}, {}, &from).peer().port() == 4711);
    CHECK(request("GET", "/").peer().text() == "-");
}
