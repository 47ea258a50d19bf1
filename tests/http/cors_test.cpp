#include <fibercast/http/cors.hpp>
#include <fibercast/http/request_error.hpp>
#include <fibercast/http/router.hpp>

#include "support/catch.hpp"

#include <new>
#include <stdexcept>
#include <string>
#include <utility>

using fibercast::cors_options;
using fibercast::handler;
using fibercast::request;
using fibercast::request_error;
using fibercast::response;
using fibercast::router;
using fibercast::status;
using fibercast::with_cors;

namespace {

std::string const app = "https://app.example.com";
std::string const foreign = "https://evil.example.com";

handler routes() {
    router all;
    all.get("/", [](request const&) { return response::text(status::ok, "hi\n"); });
    return all;
}

request ask(std::string method, std::string const& origin, std::string const& wanted = "") {
    fibercast::fields fields;
    if (!origin.empty()) fields.add("Origin", origin);
    if (!wanted.empty()) fields.add("Access-Control-Request-Method", wanted);
    return request(std::move(method), "/", std::move(fields));
}

std::string field(response const& of, std::string_view name) {
    return std::string(of.fields().find(name).value_or("none"));
}

bool says_nothing_of_origins(response const& made) {
    for (auto const& each : made.fields()) {
        if (each.name.starts_with("Access-Control")) return false;
    }
    return true;
}

}  // namespace

TEST_CASE("pages of an origin that is allowed may read an answer") {
    auto const guarded = with_cors({.origins = {app, "http://localhost:3000"}}, routes());
    auto const made = guarded(ask("GET", app));
    CHECK(made.status() == status::ok);
    CHECK(field(made, "Access-Control-Allow-Origin") == app);
    CHECK(field(made, "Access-Control-Allow-Credentials") == "none");
    CHECK(field(made, "Access-Control-Expose-Headers") ==
          "ETag, Link, Mercure-Last-Event-ID, WWW-Authenticate");
    CHECK(field(made, "Vary") == "Origin");
    CHECK(field(guarded(ask("GET", "http://localhost:3000")), "Access-Control-Allow-Origin") ==
          "http://localhost:3000");
}

TEST_CASE("an origin is allowed as a whole and as it is") {
    auto const guarded = with_cors({.origins = {app}}, routes());
    for (auto const* const origin :
         {"https://evil.example.com", "http://app.example.com", "https://app.example.com:8443",
          "https://app.example.com.evil.com", "https://APP.example.com", "https://app.example.co",
          "https://app.example.com/", "null", "*", ""}) {
        INFO(origin);
        auto const made = guarded(ask("GET", origin));
        CHECK(made.status() == status::ok);
        CHECK(says_nothing_of_origins(made));
        CHECK(field(made, "Vary") == "Origin");
    }
}

TEST_CASE("a browser that asks beforehand is told how pages may ask") {
    auto const guarded = with_cors(
        {.origins = {app}, .credentials = true, .max_age = std::chrono::seconds(60)}, routes());
    auto const made = guarded(ask("OPTIONS", app, "POST"));
    CHECK(made.status() == status::no_content);
    CHECK(field(made, "Access-Control-Allow-Origin") == app);
    CHECK(field(made, "Access-Control-Allow-Credentials") == "true");
    CHECK(field(made, "Access-Control-Allow-Methods") == "GET, HEAD, POST, QUERY");
    CHECK(field(made, "Access-Control-Allow-Headers") ==
          "Authorization, Cache-Control, Content-Type, Idempotency-Key, Last-Event-ID");
    CHECK(field(made, "Access-Control-Max-Age") == "60");
    CHECK(field(made, "Vary") == "Origin");

    auto const refused = guarded(ask("OPTIONS", foreign, "POST"));
    CHECK(refused.status() == status::forbidden);
    CHECK(says_nothing_of_origins(refused));
    CHECK(field(refused, "Vary") == "Origin");
}

TEST_CASE("OPTIONS that asks for no page reaches the handler") {
    auto const guarded = with_cors({.origins = {app}}, routes());
    CHECK(guarded(ask("OPTIONS", app)).status() == status::method_not_allowed);
    CHECK(guarded(ask("OPTIONS", "", "POST")).status() == status::method_not_allowed);
}

TEST_CASE("all origins may read what is for all") {
    auto const guarded =
        with_cors({.origins = {"*"}, .exposed_fields = {"Link", "ETag"}}, routes());
    auto const made = guarded(ask("GET", foreign));
    CHECK(field(made, "Access-Control-Allow-Origin") == "*");
    CHECK(field(made, "Access-Control-Expose-Headers") == "Link, ETag");
    CHECK(field(made, "Vary") == "none");  // it is the same for all
    CHECK(field(guarded(ask("OPTIONS", "null", "GET")), "Access-Control-Allow-Origin") == "*");
    // A cache may give it to a page.
    CHECK(field(guarded(ask("GET", "")), "Access-Control-Allow-Origin") == "*");
}

TEST_CASE("pages without an origin are allowed by name alone") {
    auto const guarded = with_cors({.origins = {"null"}}, routes());
    CHECK(field(guarded(ask("GET", "null")), "Access-Control-Allow-Origin") == "null");
    CHECK(says_nothing_of_origins(guarded(ask("GET", foreign))));
}

TEST_CASE("an answer keeps what its handler says that it varies with") {
    auto const guarded = with_cors({.origins = {app}}, [](request const&) {
        return response(status::ok).header("Vary", "Accept-Encoding");
    });
    auto const made = guarded(ask("GET", app));
    CHECK(made.fields().count("Vary") == 2);
    CHECK(field(made, "Vary") == "Accept-Encoding");
}

TEST_CASE("a handler that varies with the origin is not told twice") {
    for (auto const* const vary : {"origin", "*"}) {
        auto const guarded = with_cors({.origins = {app}}, [vary](request const&) {
            return response(status::ok).header("vary", vary);
        });
        auto const made = guarded(ask("GET", app));
        CHECK(made.fields().count("Vary") == 1);
        CHECK(field(made, "Vary") == vary);
    }
}

TEST_CASE("what a handler itself says of origins does not count") {
    auto const guarded = with_cors({.origins = {app}}, [](request const& asked) {
        return response(status::ok)
            .header("access-control-allow-origin", asked.header("Origin"))
            .header("Access-Control-Allow-Credentials", "true")
            .header("Access-Control-Expose-Headers", "*");
    });
    auto const refused = guarded(ask("GET", foreign));
    CHECK(field(refused, "Access-Control-Allow-Origin") == "none");
    CHECK(says_nothing_of_origins(refused));
    auto const made = guarded(ask("GET", app));
    CHECK(made.fields().count("Access-Control-Allow-Origin") == 1);
    CHECK(field(made, "Access-Control-Allow-Origin") == app);
    CHECK(field(made, "Access-Control-Allow-Credentials") == "none");
    CHECK(field(made, "Access-Control-Expose-Headers") ==
          "ETag, Link, Mercure-Last-Event-ID, WWW-Authenticate");
}

TEST_CASE("a request with two origins comes from none") {
    fibercast::fields both;
    both.add("Origin", app);
    both.add("Origin", app);
    auto const guarded = with_cors({.origins = {app}}, routes());
    CHECK(says_nothing_of_origins(guarded(request("GET", "/", both))));
}

TEST_CASE("pages may read what is wrong, too, however the handler says it") {
    auto const throwing = [](auto const& what) -> handler {
        return [what](request const&) -> response { throw what; };
    };
    for (auto const& [inner, code] :
         {std::pair{throwing(request_error("x", status::gone)), status::gone},
          std::pair{throwing(std::runtime_error("x")), status::internal_server_error},
          std::pair{throwing(std::bad_alloc()), status::service_unavailable},
          std::pair{handler(router()), status::not_found}}) {
        auto const made = with_cors({.origins = {app}}, inner)(ask("GET", app));
        CHECK(made.status() == code);
        CHECK(field(made, "Access-Control-Allow-Origin") == app);
    }
}

TEST_CASE("rules for other origins that mean nothing are refused") {
    auto const make = [](cors_options settings) { with_cors(std::move(settings), routes()); };
    CHECK_THROWS_AS(make({}), std::invalid_argument);
    CHECK_THROWS_AS(make({.origins = {"*"}, .credentials = true}), std::invalid_argument);
    CHECK_THROWS_AS(make({.origins = {app, "*"}}), std::invalid_argument);
    CHECK_THROWS_AS(make({.origins = {app}, .methods = {"*"}}), std::invalid_argument);
    CHECK_THROWS_AS(make({.origins = {app}, .methods = {"GET POST"}}), std::invalid_argument);
    CHECK_THROWS_AS(make({.origins = {app}, .request_fields = {"a:b"}}), std::invalid_argument);
    CHECK_THROWS_AS(make({.origins = {app}, .exposed_fields = {""}}), std::invalid_argument);
    CHECK_THROWS_AS(make({.origins = {app}, .max_age = std::chrono::seconds(-1)}),
                    std::invalid_argument);
    CHECK_NOTHROW(make({.origins = {app}, .credentials = true, .exposed_fields = {"Link"}}));
}

TEST_CASE("an origin is what browsers write") {
    for (auto const* const right :
         {"https://example.com", "http://localhost:3000", "http://127.0.0.1:8080", "http://[::1]:1",
          "null", "*", "moz-extension://4b1b9d5e", "https://xn--bcher-kva.example"})
        CHECK_NOTHROW(fibercast::check_origin(right));
    for (auto const* const wrong :
         {"", "example.com", "https://example.com/", "https://Example.com",
          "https://example.com:443", "http://example.com:80", "https://example.com:0",
          "https://example.com:080", "https://example.com:", "https://user@example.com",
          "https://example.com?x", "https://example.com#x", "https://*.example.com", "https://",
          "urn:x", "https://a b",
          "https://b\xc3\xbc"
          "cher.example",
          "https://example.com:99999"}) {
        INFO(wrong);
        CHECK_THROWS_AS(fibercast::check_origin(wrong), std::invalid_argument);
    }
}
