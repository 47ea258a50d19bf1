// A hub of the protocol's versions 0.x, over HTTP.

#include "mercure/mercure_under_test.hpp"

#include "support/catch.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <memory>
#include <string>

namespace json = boost::json;

namespace {

std::string const tree = "/.well-known/mercure/subscriptions";

struct old_hub : mercure_under_test {
    old_hub() {
        auto options = test_options();
        options.rules = fibercast::token_rules::mercure_0x();
        hub_settings.access.tokens = std::make_shared<fibercast::verifier const>(
            std::make_shared<fibercast::key_ring>(issuers.keys()), options);
        hub_settings.access.parameter = "authorization";
        hub_settings.access.cookie = "mercureAuthorization";
        hub_settings.version = fibercast::mercure::protocol::v0_x;
        hub_settings.subscriptions = true;
        start();
    }

    /// As the libraries of old make it: no type, no issuer, no end.
    std::string old_token(std::string const& claim) const {
        return signed_token(issuers.hs256, R"({"typ":"JWT","alg":"HS256"})",
                            R"({"mercure":)" + claim + '}');
    }
    std::string old_publisher() const { return old_token(R"({"publish":["*"]})"); }

    void publish_old(std::string const& form) const {
        CHECK(post(form, old_publisher()).starts_with("HTTP/1.1 200 "));
    }
};

}  // namespace

TEST_CASE("a hub of 0.x: topics are selected by name, by a URI Template, or all") {
    old_hub test;
    auto stream = test.subscribe("topic=/books/{id}&topic=x&topic=/broken/{");
    auto all = test.subscribe("topic=*");
    for (std::string const form :
         {"topic=/books/1&data=1", "topic=/books/1/2&data=2", "topic=y&topic=x&data=3",
          "topic=/broken/{&data=4", "topic=https://hub.example.com/books/5&data=5",
          "topic=/books/{id}&data=6"})
        test.publish_old(form);
    auto const text = stream.until("6");
    for (char const c : {'1', '3', '4'}) CHECK(has(text, std::string("data: ") + c));
    for (char const c : {'2', '5'}) CHECK_FALSE(has(text, std::string("data: ") + c));
    CHECK(has(all.until("6"), "data: 5\n"));
    CHECK(test.ask("GET", test.path + std::string("?match=x")).starts_with("HTTP/1.1 400 "));
    CHECK(test.ask("GET", test.path + std::string("?topic={x:999}")).starts_with("HTTP/1.1 400 "));
}

TEST_CASE("a hub of 0.x: a subscriber has few templates that take regular expressions") {
    old_hub test;
    std::string costly = "topic=/books/{id}";
    for (int i = 0; i < 10; ++i) costly += fmt::format("&topic=/{}/{{?page}}", i);
    CHECK(test.subscribe(costly).head.starts_with("HTTP/1.1 200 "));
    CHECK(
        test.ask("GET", test.path + ('?' + costly + "&topic=/x{/y}")).starts_with("HTTP/1.1 400 "));
}

TEST_CASE("a hub of 0.x: the claim mercure says who may publish and read what") {
    old_hub test;
    auto const reads = test.old_token(R"({"subscribe":["/users/{id}/{?topic}"]})");
    auto mine = test.subscribe("topic=/books/{id}", reads);
    auto others = test.subscribe("topic=/books/{id}");
    test.publish_old("topic=/books/1&topic=/users/7/?topic=x&private=on&data=1");
    test.publish_old("topic=/books/2&private=on&data=2");
    test.publish_old("topic=/books/3&data=3");
    CHECK_FALSE(has(mine.until("1"), "data: 2"));
    CHECK_FALSE(has(others.until("3"), "data: 1"));
    auto const some = test.old_token(R"({"publish":["/books/{id}"]})");
    CHECK(test.post("topic=/books/1", some).starts_with("HTTP/1.1 200 "));
    CHECK(test.post("topic=/books/1&topic=x", some).starts_with("HTTP/1.1 403 "));
    CHECK(test.post("topic=x", test.old_token(R"({"publish":[]})")).starts_with("HTTP/1.1 403 "));
    CHECK(test.post("topic=x", "").starts_with("HTTP/1.1 401 "));
}

TEST_CASE("a hub of 0.x: a token may be in the URL, or in a cookie") {
    old_hub test;
    auto const token = test.old_publisher();
    auto const form = "Content-Type: application/x-www-form-urlencoded\r\n";
    auto const in_url = test.path + ("?authorization=" + token);
    CHECK(test.ask("POST", in_url, form, "topic=a").starts_with("HTTP/1.1 200 "));
    auto const cookie = "Cookie: mercureAuthorization=" + token + "\r\n";
    CHECK(test.post("topic=a", "", cookie).starts_with("HTTP/1.1 403 "));  // of no known page
    CHECK(test.subscribe("topic=a", "", cookie).head.starts_with("HTTP/1.1 200 "));
    CHECK(test.ask("GET", test.path + std::string("?topic=a&authorization=x"))
              .starts_with("HTTP/1.1 401 "));
}

TEST_CASE("a hub of 0.x: who comes back says lastEventID, and hears Last-Event-ID") {
    old_hub test;
    test.publish_old("topic=a&data=1&id=urn:1");
    test.publish_old("topic=a&data=2&id=urn:2");
    auto stream = test.subscribe("topic=a&lastEventID=urn:1");
    CHECK(field_of(stream.head, "Last-Event-ID") == "urn:1");
    CHECK_FALSE(has(stream.until("2"), "data: 1"));
    auto again = test.subscribe("topic=a&lastEventID=urn:1", "", "Last-Event-ID: urn:2\r\n");
    CHECK(field_of(again.head, "Last-Event-ID") == "urn:2");
    CHECK(field_of(test.subscribe("topic=a&lastEventID=x").head, "Last-Event-ID") == "earliest");
}

TEST_CASE("a hub of 0.x: subscriptions are JSON-LD, below their selectors") {
    old_hub test;
    auto const reads = test.old_token(
        R"({"subscribe":["/.well-known/mercure/subscriptions{/topic}{/subscriber}","*"],"payload":7})");
    auto const stream = test.subscribe("topic=/books/{id}", reads);
    auto const ask = [&](std::string const& path) {
        auto const answer = test.ask("GET", path, test.bearer(reads));
        INFO(answer);
        CHECK(answer.starts_with("HTTP/1.1 200 "));
        CHECK(field_of(answer, "Content-Type") == "application/ld+json");
        CHECK(field_of(answer, "Link") == "<" + test_hub + ">; rel=\"mercure\"");
        auto const made = json::parse(body_of(answer));
        CHECK(made.at("@context") == "https://mercure.rocks/");
        CHECK(made.at("lastEventID").as_string().starts_with('#'));
        return made;
    };
    auto const all = ask(tree);
    CHECK(all.at("type") == "Subscriptions");
    REQUIRE(all.at("subscriptions").as_array().size() == 1);
    auto const& one = all.at("subscriptions").at(0);
    CHECK(one.at("type") == "Subscription");
    CHECK(one.at("topic") == "/books/{id}");
    CHECK(one.at("payload") == 7);
    std::string const id(one.at("id").as_string());
    CHECK(id.starts_with(tree + "/%2Fbooks%2F%7Bid%7D/urn%3Auuid%3A"));
    CHECK(ask(id).at("active").as_bool());
    CHECK(ask(tree + "/%2Fbooks%2F%7Bid%7D").at("subscriptions").as_array().size() == 1);
    CHECK(test.ask("GET", tree, test.bearer(test.old_publisher())).starts_with("HTTP/1.1 403 "));
    CHECK(test.ask("GET", "/.well-known/oauth-protected-resource/.well-known/mercure")
              .starts_with("HTTP/1.1 404 "));
}
