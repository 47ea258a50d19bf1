#include <fibercast/http/router.hpp>

#include "support/catch.hpp"

#include <stdexcept>
#include <string>

using fibercast::request;
using fibercast::response;
using fibercast::router;
using fibercast::status;

namespace {

request ask(std::string method, std::string const& target) {
    return request(std::move(method), target);
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
    routes.add("DELETE", "/other", say(status::gone));
    CHECK(routes(ask("GET", "/")).status() == status::ok);
    CHECK(routes(ask("POST", "/")).status() == status::created);
    CHECK(routes(ask("GET", "/other?with=query")).status() == status::accepted);
    CHECK(routes(ask("DELETE", "/other")).status() == status::gone);
    CHECK(routes(ask("GET", "http://example/other")).status() == status::accepted);
}

TEST_CASE("a router compares paths exactly") {
    router const routes = router().get("/path", say(status::ok));
    for (auto const* path : {"/", "/path/", "/Path", "/pat", "/paths", "//path"}) {
        INFO(path);
        CHECK(routes(ask("GET", path)).status() == status::not_found);
    }
}

TEST_CASE("a router without routes finds nothing") {
    CHECK(router()(ask("GET", "/")).status() == status::not_found);
    CHECK(router()(ask("OPTIONS", "*")).status() == status::not_found);
}

TEST_CASE("HEAD asks the handler of GET unless it has its own") {
    router routes;
    routes.get("/", say(status::ok)).post("/post", say(status::ok));
    CHECK(routes(ask("HEAD", "/")).status() == status::ok);
    CHECK(routes(ask("HEAD", "/post")).status() == status::method_not_allowed);
    routes.add("HEAD", "/", say(status::accepted));
    CHECK(routes(ask("HEAD", "/")).status() == status::accepted);
}

TEST_CASE("a method without handler is answered with the methods that have one") {
    router routes;
    routes.get("/", say(status::ok)).post("/", say(status::ok)).post("/post", say(status::ok));
    auto const both = routes(ask("PUT", "/"));
    CHECK(both.status() == status::method_not_allowed);
    CHECK(both.fields().find("Allow") == "GET, POST, HEAD");
    CHECK(routes(ask("GET", "/post")).fields().find("Allow") == "POST");
    routes.add("HEAD", "/", say(status::ok));
    CHECK(routes(ask("PUT", "/")).fields().find("Allow") == "GET, HEAD, POST");
}

TEST_CASE("a second handler for the same path and method replaces the first") {
    router const routes = router().get("/", say(status::ok)).get("/", say(status::accepted));
    CHECK(routes(ask("GET", "/")).status() == status::accepted);
}

TEST_CASE("an invalid route is refused") {
    router routes;
    for (auto const* path : {"", "path", "*", "{id}", "/{}", "/{id", "/id}", "/a{id}", "/{id}b",
                             "/{{id}}", "/{a b}", "/{1a}", "/{a-b}", "/{...}", "/{rest...}/x",
                             "/{id}/{id}", "/{id}/{id...}", "/{rest..}"}) {
        INFO(path);
        CHECK_THROWS_AS(routes.get(path, say(status::ok)), std::invalid_argument);
    }
    CHECK_THROWS_AS(routes.add("", "/", say(status::ok)), std::invalid_argument);
    CHECK_THROWS_AS(routes.add("GET /", "/", say(status::ok)), std::invalid_argument);
}
