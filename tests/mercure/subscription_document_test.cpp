#include "mercure/subscription_document.hpp"
#include "support/catch.hpp"

#include <string>

using fibercast::mercure::match_type;
using fibercast::mercure::subscription_document;
using fibercast::mercure::wanted_matcher;
namespace mercure = fibercast::mercure;

namespace {

std::string const hub = "/.well-known/mercure";
wanted_matcher const pattern{match_type::urlpattern, "https://example.com/:selector"};
std::string const subscriber = "urn:uuid:bb3de268-05b0-4c65-b44e-8f9acefc29d6";

}  // namespace

TEST_CASE("a subscription's path has its matcher encoded once") {
    CHECK(mercure::path_of_subscriptions(hub) == "/.well-known/mercure/subscriptions");
    CHECK(mercure::path_of_subscriptions(hub, pattern) ==
          "/.well-known/mercure/subscriptions/urlpattern/https%3A%2F%2Fexample.com%2F%3Aselector");
    CHECK(mercure::path_of(hub, {pattern, subscriber, ""}) ==
          "/.well-known/mercure/subscriptions/urlpattern/https%3A%2F%2Fexample.com%2F%3Aselector/"
          "urn%3Auuid%3Abb3de268-05b0-4c65-b44e-8f9acefc29d6");
    CHECK(mercure::path_of_subscriptions(hub, {match_type::exact, "50%/é *"}) ==
          "/.well-known/mercure/subscriptions/exact/50%25%2F%C3%A9%20%2A");
}

TEST_CASE("a subscription's document says what it is") {
    subscription_document one{pattern, subscriber, R"({"foo":"bar"})"};
    auto const begin =
        R"({"id":"/.well-known/mercure/subscriptions/urlpattern/https%3A%2F%2Fexample.com%2F%3Aselector/)"
        R"(urn%3Auuid%3Abb3de268-05b0-4c65-b44e-8f9acefc29d6","type":"subscription",)"
        R"("match_type":"urlpattern","match":"https://example.com/:selector",)"
        R"("subscriber":"urn:uuid:bb3de268-05b0-4c65-b44e-8f9acefc29d6",)";
    CHECK(text_of(hub, one) == std::string(begin) + R"("active":true,"payload":{"foo":"bar"}})");
    one.active = false;
    one.payload = "";
    CHECK(text_of(hub, one) == std::string(begin) + R"("active":false})");
}

TEST_CASE("a subscription's document is JSON whatever the matcher is") {
    subscription_document const one{{match_type::exact, "a \"b\" \\c"}, "s", ""};
    CHECK(text_of(hub, one) ==
          R"({"id":"/.well-known/mercure/subscriptions/exact/a%20%22b%22%20%5Cc/s",)"
          R"("type":"subscription","match_type":"exact","match":"a \"b\" \\c","subscriber":"s",)"
          R"("active":true})");
}
