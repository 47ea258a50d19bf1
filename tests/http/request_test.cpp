#include <fibercast/http/request.hpp>

#include "support/catch.hpp"

#include <string>

using boost::beast::http::verb;
using fibercast::request;

namespace {

request with_target(std::string const& target) {
    return request(request::message_type(verb::get, target, 11));
}

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
    {"/a%3Fb", "/a%3Fb", "/a%3Fb", ""},
    {"/a?u=http://h/p", "/a?u=http://h/p", "/a", "u=http://h/p"},
    {"http://h", "/", "/", ""},
    {"http://h/", "/", "/", ""},
    {"http://h:80/a?b", "/a?b", "/a", "b"},
    {"https://h?b/c", "?b/c", "/", "b/c"},
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
    request::message_type message(verb::get, "/", 11);
    CHECK(request(message).method() == verb::get);
    CHECK(request(message).method_name() == "GET");
    message.method_string("BREW");
    CHECK(request(message).method() == verb::unknown);
    CHECK(request(message).method_name() == "BREW");
}

TEST_CASE("a request gives the first field of a name, in any case") {
    request::message_type message(verb::post, "/", 11);
    message.insert("X-Twice", "first");
    message.insert("x-twice", "second");
    message.set(boost::beast::http::field::host, "example");
    message.body() = "hello";
    request const asked(message);
    CHECK(asked.header("x-TWICE") == "first");
    CHECK(asked.header("Host") == "example");
    CHECK(asked.header("X").empty());
    CHECK(asked.header("").empty());
    CHECK(asked.body() == "hello");
}
