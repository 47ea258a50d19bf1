#include <fibercast/http/router.hpp>

#include "support/catch.hpp"

#include <stdexcept>
#include <string>

using boost::beast::http::verb;
using fibercast::request;
using fibercast::response;
using fibercast::router;
using fibercast::status;

namespace {

request ask(verb method, std::string const& target) {
    request::message_type message(method, target, 11);
    return request(std::move(message));
}

fibercast::handler say(status code) {
    return [code](request const&) { return response(code); };
}

}  // namespace

TEST_CASE("a router finds the handler by path and method") {
    router routes;
    routes.get("/", say(status::ok))
        .post("/", say(status::created))
        .get("/other", say(status::accepted));
    routes.add(verb::delete_, "/other", say(status::gone));
    CHECK(routes(ask(verb::get, "/")).status() == status::ok);
    CHECK(routes(ask(verb::post, "/")).status() == status::created);
    CHECK(routes(ask(verb::get, "/other?with=query")).status() == status::accepted);
    CHECK(routes(ask(verb::delete_, "/other")).status() == status::gone);
    CHECK(routes(ask(verb::get, "http://example/other")).status() == status::accepted);
}

TEST_CASE("a router compares paths exactly") {
    router const routes = router().get("/path", say(status::ok));
    for (auto const* path : {"/", "/path/", "/Path", "/pat", "/paths", "/%70ath", "//path"}) {
        INFO(path);
        CHECK(routes(ask(verb::get, path)).status() == status::not_found);
    }
}

TEST_CASE("a router without routes finds nothing") {
    CHECK(router()(ask(verb::get, "/")).status() == status::not_found);
    CHECK(router()(ask(verb::options, "*")).status() == status::not_found);
}

TEST_CASE("HEAD asks the handler of GET unless it has its own") {
    router routes;
    routes.get("/", say(status::ok)).post("/post", say(status::ok));
    CHECK(routes(ask(verb::head, "/")).status() == status::ok);
    CHECK(routes(ask(verb::head, "/post")).status() == status::method_not_allowed);
    routes.add(verb::head, "/", say(status::accepted));
    CHECK(routes(ask(verb::head, "/")).status() == status::accepted);
}

TEST_CASE("a method without handler is answered with the methods that have one") {
    router routes;
    routes.get("/", say(status::ok)).post("/", say(status::ok)).post("/post", say(status::ok));
    auto const both = routes(ask(verb::put, "/"));
    CHECK(both.status() == status::method_not_allowed);
    CHECK(both.fields().find("Allow: GET, POST, HEAD\r\n") != std::string::npos);
    CHECK(routes(ask(verb::get, "/post")).fields().find("Allow: POST\r\n") != std::string::npos);
    routes.add(verb::head, "/", say(status::ok));
    CHECK(routes(ask(verb::put, "/")).fields().find("HEAD") ==
          routes(ask(verb::put, "/")).fields().rfind("HEAD"));
}

TEST_CASE("a second handler for the same path and method replaces the first") {
    router const routes = router().get("/", say(status::ok)).get("/", say(status::accepted));
    CHECK(routes(ask(verb::get, "/")).status() == status::accepted);
}

TEST_CASE("a route's path starts with a slash") {
    router routes;
    CHECK_THROWS_AS(routes.get("", say(status::ok)), std::invalid_argument);
    CHECK_THROWS_AS(routes.get("path", say(status::ok)), std::invalid_argument);
    CHECK_THROWS_AS(routes.post("*", say(status::ok)), std::invalid_argument);
}
