#include <fibercast/http/router.hpp>

#include "support/catch.hpp"

#include <string>
#include <string_view>
#include <utility>

using fibercast::handler;
using fibercast::request;
using fibercast::response;
using fibercast::router;
using fibercast::status;

namespace {

/// Answers with its own name and the parameters it was given.
handler named(std::string name) {
    return [name = std::move(name)](request const& asked) {
        auto answer = response(status::ok).header("Route", name);
        for (auto const* each : {"id", "rest", "a", "b"}) {
            if (auto const value = asked.param(each); !value.empty()) answer.header(each, value);
        }
        return answer;
    };
}

/// Which route answers, and with which parameters: `name id=7`.
std::string routed(router const& routes, std::string const& target,
                   std::string const& method = "GET") {
    auto const answer = routes(request(method, target));
    if (answer.status() != status::ok)
        return std::to_string(static_cast<unsigned>(answer.status()));
    std::string text;
    for (auto const& [name, value] : answer.fields())
        text += text.empty() ? value : " " + name + "=" + value;
    return text;
}

}  // namespace

TEST_CASE("a parameter is one segment, decoded") {
    router routes;
    routes.get("/jobs/{id}/progress", named("progress")).get("/jobs/{id}", named("job"));
    CHECK(routed(routes, "/jobs/7/progress") == "progress id=7");
    CHECK(routed(routes, "/jobs/7/progress?x=1") == "progress id=7");
    CHECK(routed(routes, "http://example/jobs/7") == "job id=7");
    CHECK(routed(routes, "/jobs/a%20b") == "job id=a b");
    CHECK(routed(routes, "/jobs/a%2Fb/progress") == "progress id=a/b");
    CHECK(routed(routes, "/jobs/%C3%A4") == "job id=\xc3\xa4");
    CHECK(routed(routes, "/jobs/a+b") == "job id=a+b");
    CHECK(routed(routes, "/%6Aobs/7") == "job id=7");
    for (auto const* none : {"/jobs", "/jobs/", "/jobs//progress", "/jobs/7/", "/jobs/7/progress/",
                             "/jobs/7/x/y", "/jobs%2F7"}) {
        INFO(none);
        CHECK(routed(routes, none) == "404");
    }
}

TEST_CASE("a rest is all that is left, and may be nothing") {
    router routes;
    routes.get("/files/{rest...}", named("file"));
    CHECK(routed(routes, "/files/a/b.txt") == "file rest=a/b.txt");
    CHECK(routed(routes, "/files/a%20b/") == "file rest=a b/");
    CHECK(routed(routes, "/files//") == "file rest=/");
    CHECK(routed(routes, "/files/") == "file");
    CHECK(routed(routes, "/files") == "404");
    CHECK(routed(router().get("/{rest...}", named("all")), "/") == "all");
}

TEST_CASE("a text goes before a parameter, and that before a rest, in any order") {
    std::pair<char const*, char const*> const added[] = {
        {"/{rest...}", "rest"}, {"/{a}/{b}", "two"}, {"/jobs/{id}", "job"}, {"/jobs/new", "new"}};
    for (bool const forwards : {true, false}) {
        router routes;
        for (int i = 0; i < 4; ++i) {
            auto const& [path, name] = added[forwards ? i : 3 - i];
            routes.get(path, named(name));
        }
        CHECK(routed(routes, "/jobs/new") == "new");
        CHECK(routed(routes, "/jobs/newer") == "job id=newer");
        CHECK(routed(routes, "/other/new") == "two a=other b=new");
        CHECK(routed(routes, "/jobs/new/er") == "rest rest=jobs/new/er");
        CHECK(routed(routes, "/jobs") == "rest rest=jobs");
    }
}

TEST_CASE("a text that leads nowhere leaves the way to a parameter open") {
    router routes;
    routes.get("/a/b/c", named("text"))
        .get("/{a}/b/d", named("first"))
        .get("/a/{b}/e", named("second"));
    CHECK(routed(routes, "/a/b/c") == "text");
    CHECK(routed(routes, "/a/b/d") == "first a=a");
    CHECK(routed(routes, "/a/b/e") == "second b=b");
    CHECK(routed(routes, "/a/b/f") == "404");
}

TEST_CASE("each method of a path has names of its own for the parameters") {
    router routes;
    routes.get("/{id}", named("get")).post("/{a}", named("post"));
    CHECK(routed(routes, "/7") == "get id=7");
    CHECK(routed(routes, "/7", "POST") == "post a=7");
    CHECK(routed(routes, "/7", "HEAD") == "get id=7");
    auto const refused = routes(request("PUT", "/7"));
    CHECK(refused.status() == status::method_not_allowed);
    CHECK(refused.fields().find("Allow") == "GET, POST, HEAD");
    routes.get("/{b}", named("again"));
    CHECK(routed(routes, "/7") == "again b=7");
}

TEST_CASE("a name that no parameter has is empty") {
    request const asked("GET", "/7");
    CHECK(asked.param("id").empty());
    router().get("/{id}", named("job"))(asked);
    CHECK(asked.param("id") == "7");
    CHECK(asked.param("di").empty());
    router().get("/{a}", named("job"))(asked);
    CHECK(asked.param("id").empty());
}

TEST_CASE("a long path is followed no further than the routes go") {
    router routes;
    std::string deep;
    for (int i = 0; i < 12; ++i) {
        // Every text of the way is a parameter too.
        routes.get(deep + "/a", named("text")).get(deep + "/{a}", named("parameter"));
        deep += "/a";
    }
    std::string path;
    for (int i = 0; i < 2'000; ++i) path += "/a";
    CHECK(routed(routes, path) == "404");
}

TEST_CASE("a router is a handler, and so is what is wrapped around one") {
    auto const not_cached = [](handler inner) -> handler {
        return [inner = std::move(inner)](request const& asked) {
            return inner(asked).set("Cache-Control", "no-store");
        };
    };
    handler const wrapped = not_cached(router().get("/{id}", named("job")));
    auto const answer = wrapped(request("GET", "/7"));
    CHECK(answer.fields().find("id") == "7");
    CHECK(answer.fields().find("Cache-Control") == "no-store");
    CHECK(wrapped(request("GET", "/7/8")).fields().find("Cache-Control") == "no-store");
    router outer;  // one router in another
    outer.get("/{rest...}", wrapped);
    CHECK(routed(outer, "/7") == "job id=7 Cache-Control=no-store");
}
