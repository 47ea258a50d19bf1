#include <fibercast/access/with_bearer.hpp>

#include "support/catch.hpp"
#include "tokens/token_maker.hpp"

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

using fibercast::access_error;
using fibercast::access_refusal;
using fibercast::bearer_options;
using fibercast::grant_ptr;
using fibercast::request;
using fibercast::response;
using fibercast::status;

namespace {

using field_list = std::vector<std::pair<std::string, std::string>>;

struct fixture {
    response ask(bearer_options settings, field_list const& list, std::string method = "GET") {
        fibercast::fields fields;
        for (auto const& [name, value] : list) fields.add(name, value);
        auto const handler = with_bearer(verifier.it, std::move(settings),
                                         [this](request const&, grant_ptr const& from) {
                                             seen = from;
                                             return response::plain(status::ok);
                                         });
        return handler({std::move(method), "/", std::move(fields)});
    }

    std::string challenge(response const& answer) const {
        return std::string(answer.fields().find("WWW-Authenticate").value_or(""));
    }

    test_issuers issuers;
    test_verifier verifier{issuers};
    std::string const token = good_token(issuers.es256);
    std::string const cookie = std::string(fibercast::usual_token_cookie) + '=' + token;
    grant_ptr seen;
};

}  // namespace

TEST_CASE_METHOD(fixture, "the handler behind it knows from whom a request is") {
    CHECK(ask({}, {{"Authorization", "Bearer " + token}}).status() == status::ok);
    REQUIRE(seen);
    CHECK(seen->subject == "somebody");
    seen = nullptr;
    CHECK(ask({}, {{"Cookie", cookie}}).status() == status::ok);
    CHECK(seen != nullptr);
}

TEST_CASE_METHOD(fixture, "who has no token is anonymous where that is allowed") {
    CHECK(ask({.anonymous = true}, {}).status() == status::ok);
    REQUIRE(seen);
    CHECK(seen->issuer.empty());
    CHECK(seen->details.empty());
    seen = nullptr;
    // What is for a proxy is no token, and the cookie beside it does not count (Mercure, "Presenting
    // the Access Token").
    CHECK(
        ask({.anonymous = true}, {{"Authorization", "Basic YTpi"}, {"Cookie", cookie}}).status() ==
        status::ok);
    REQUIRE(seen);
    CHECK(seen->details.empty());
    seen = nullptr;
    CHECK(ask({}, {}).status() == status::unauthorized);
    // A token that does not count is no reason to go on without.
    CHECK(ask({.anonymous = true}, {{"Authorization", "Bearer " + token + "A"}}).status() ==
          status::unauthorized);
    CHECK(ask({.anonymous = true}, {{"Authorization", "Bearer a b"}}).status() ==
          status::bad_request);
    CHECK(seen == nullptr);
}

TEST_CASE_METHOD(fixture, "with a cookie only listed pages change something") {
    bearer_options const settings{.role = fibercast::token_role::publish,
                                  .origins = {"https://example.com"}};
    auto const posted = [&](field_list list) {
        list.emplace_back("Cookie", cookie);
        seen = nullptr;
        return ask(settings, list, "POST");
    };
    CHECK(posted({{"Origin", "https://example.com"}}).status() == status::ok);
    CHECK(posted({{"Referer", "https://example.com/page"}}).status() == status::ok);
    for (field_list const& list :
         std::vector<field_list>{{}, {{"Origin", "https://evil.example"}}, {{"Origin", "null"}}}) {
        auto const answer = posted(list);
        CHECK(answer.status() == status::forbidden);
        CHECK(challenge(answer) == R"(Bearer resource_metadata=")" + test_metadata + '"');
        CHECK(seen == nullptr);
    }
    // No page sends the field by itself.
    CHECK(ask(settings, {{"Authorization", "Bearer " + token}}, "POST").status() == status::ok);
    CHECK(ask({}, {{"Cookie", cookie}}).status() == status::ok);
}

TEST_CASE_METHOD(fixture, "the cookie may have another name, or none") {
    CHECK(ask({.cookie = "other"}, {{"Cookie", "other=" + token}}).status() == status::ok);
    CHECK(ask({.cookie = "other"}, {{"Cookie", cookie}}).status() == status::unauthorized);
    CHECK(ask({.cookie = ""}, {{"Cookie", cookie}}).status() == status::unauthorized);
}

TEST_CASE_METHOD(fixture, "the role says which keys count") {
    auto const publishes = "Bearer " + good_token(issuers.publishes);
    CHECK(ask({.role = fibercast::token_role::publish}, {{"Authorization", publishes}}).status() ==
          status::ok);
    CHECK(
        ask({.role = fibercast::token_role::subscribe}, {{"Authorization", publishes}}).status() ==
        status::unauthorized);
}

TEST_CASE_METHOD(fixture, "a refusal has its status and challenge") {
    struct expected {
        access_error error;
        status code;
        std::string challenge;
        std::string with_metadata;
    };
    for (auto const& each : std::vector<expected>{
             {access_error::no_token, status::unauthorized, "Bearer",
              R"(Bearer resource_metadata="m")"},
             {access_error::invalid_token, status::unauthorized, R"(Bearer error="invalid_token")",
              R"(Bearer error="invalid_token", resource_metadata="m")"},
             {access_error::insufficient_scope, status::forbidden,
              R"(Bearer error="insufficient_scope")",
              R"(Bearer error="insufficient_scope", resource_metadata="m")"},
             {access_error::invalid_request, status::bad_request,
              R"(Bearer error="invalid_request")",
              R"(Bearer error="invalid_request", resource_metadata="m")"},
             {access_error::foreign_origin, status::forbidden, "Bearer",
              R"(Bearer resource_metadata="m")"}}) {
        access_refusal const plain{each.error}, with_metadata{each.error, "m"};
        CHECK(plain.status() == each.code);
        CHECK(plain.challenge() == each.challenge);
        CHECK(with_metadata.challenge() == each.with_metadata);
        CHECK(challenge(with_metadata.answer()) == each.with_metadata);
        CHECK(with_metadata.answer().status() == each.code);
    }
    CHECK(verifier.it->refusal(access_error::insufficient_scope).challenge() ==
          R"(Bearer error="insufficient_scope", resource_metadata=")" + test_metadata + '"');
}

TEST_CASE_METHOD(fixture, "an origin that is none is said at the start") {
    CHECK_THROWS_AS(ask({.origins = {"*"}}, {}), std::invalid_argument);
}
