// What a hub of the Mercure protocol says of itself (RFC 9728), and which URLs it can have.

#include "mercure/mercure_under_test.hpp"

#include "support/catch.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <stdexcept>
#include <string>

namespace json = boost::json;

namespace {

json::value metadata(mercure_under_test& test) {
    test.start();
    auto const answer =
        test.ask("GET", "/.well-known/oauth-protected-resource/.well-known/mercure");
    CHECK(answer.starts_with("HTTP/1.1 200 "));
    CHECK(field_of(answer, "Content-Type") == "application/json");
    return json::parse(body_of(answer));
}

}  // namespace

TEST_CASE("a hub's metadata is where its URL says, with what it is and takes") {
    mercure_under_test test;
    CHECK(fibercast::mercure::metadata_url(test.hub_settings.access.tokens->hub_url()) ==
          test_metadata);
    CHECK(metadata(test) ==
          json::parse(R"({"resource":"https://hub.example.com/.well-known/mercure",)"
                      R"("authorization_details_types_supported":)"
                      R"(["https://mercure.rocks/authorization-detail"],)"
                      R"("bearer_methods_supported":["header"],)"
                      R"("mercure_cookie":"__Secure-mercure_access_token",)"
                      R"("mercure_matcher_types_supported":["exact","urlpattern"]})"));
}

TEST_CASE("its metadata says what a hub does besides, and not what it does not") {
    mercure_under_test test;
    test.hub_settings.access.cookie.clear();
    test.hub_settings.subscriptions = true;
    test.hub_settings.authorization_servers = {"https://a.example", "https://b.example"};
    auto const all = metadata(test);
    CHECK(all.at("mercure_subscriptions").as_bool());
    CHECK(all.at("authorization_servers") ==
          json::parse(R"(["https://a.example","https://b.example"])"));
    CHECK(all.as_object().count("mercure_cookie") == 0);
}

TEST_CASE("a hub's URL is one that its routes can have") {
    test_issuers const issuers;
    auto const keys = std::make_shared<fibercast::key_ring>(issuers.keys());
    fibercast::hub clients;
    auto const add = [&](std::string const& url) {
        fibercast::router routes;
        auto settings = test_options();
        settings.hub_url = url;
        auto const tokens = std::make_shared<fibercast::verifier const>(keys, settings);
        fibercast::mercure::add_routes(routes, clients, {.access = {.tokens = tokens}});
        return fibercast::mercure::metadata_url(tokens->hub_url());
    };
    CHECK(add("http://127.0.0.1:8080/prefix/mercure") ==
          "http://127.0.0.1:8080/.well-known/oauth-protected-resource/prefix/mercure");
    for (std::string const url :
         {"https://a.example", "https://a.example/", "https://a.example/m/", "https://a.example//m",
          "https://a.example/m?x", "https://a.example/m#x", "ftp://a.example/m", "urn:m",
          "https://a.example/%7Bm%7D", "https://a.example/{m}"}) {
        INFO(url);
        CHECK_THROWS_AS(add(url), std::invalid_argument);
    }
    CHECK_THROWS_AS(add("https://a.example/" + std::string(500, 'a')), std::invalid_argument);
}
