#include "access/hostile_tokens.hpp"

#include "support/captured_log.hpp"
#include "support/catch.hpp"

#include <fibercast/access/with_bearer.hpp>

#include <string>
#include <utility>
#include <vector>

using fibercast::response;

namespace {

std::string const invalid_token =
    R"(Bearer error="invalid_token", resource_metadata=")" + test_metadata + '"';
std::string const invalid_request =
    R"(Bearer error="invalid_request", resource_metadata=")" + test_metadata + '"';

/// What a handler answers that nobody without a good token reaches.
class door {
public:
    explicit door(test_issuers const& of)
        : verifier_(of),
          handler_(with_bearer(verifier_.it, {},
                               [this](fibercast::request const&, fibercast::grant_ptr const&) {
                                   ++entered;
                                   return response::plain(fibercast::status::ok);
                               })) {}

    response knock(std::vector<std::string> const& authorizations) const {
        fibercast::fields fields;
        for (auto const& each : authorizations) fields.add("Authorization", each);
        return handler_({"GET", "/", std::move(fields)});
    }

    int entered = 0;

private:
    test_verifier verifier_;
    fibercast::handler handler_;
};

std::string challenge_of(response const& answer) {
    return std::string(answer.fields().find("WWW-Authenticate").value_or(""));
}

}  // namespace

TEST_CASE("a hostile token is refused, for its reason, without a word about it") {
    test_issuers const issuers;
    door const closed(issuers);
    auto const tokens = hostile_tokens(issuers);
    CHECK(tokens.size() > 100);
    for (auto const& each : tokens) {
        INFO(each.name);
        captured_log const log(spdlog::level::debug);
        auto const answer = closed.knock({"Bearer " + each.text});
        CHECK(answer.status() == fibercast::status::unauthorized);
        CHECK(challenge_of(answer) == invalid_token);
        CHECK_THAT(log.text(), ContainsSubstring("a token was refused: " + each.why));
        // No part of it either.
        if (each.text.size() > 20)
            CHECK(log.text().find(each.text.substr(0, 20)) == std::string::npos);
    }
    CHECK(closed.entered == 0);
}

TEST_CASE("a good token opens the door that hostile ones find closed") {
    test_issuers const issuers;
    door const open(issuers);
    for (auto const* const key : {&issuers.es256, &issuers.rs256, &issuers.hs256}) {
        auto const answer = open.knock({"Bearer " + good_token(*key)});
        CHECK(answer.status() == fibercast::status::ok);
        CHECK(challenge_of(answer).empty());
    }
    CHECK(open.entered == 3);
}

TEST_CASE("a token that is not presented as it should be is a bad request") {
    test_issuers const issuers;
    door const closed(issuers);
    auto const good = good_token(issuers.es256);
    for (auto const& fields :
         std::vector<std::vector<std::string>>{{"Bearer"},
                                               {""},
                                               {"Bearer " + good + ' ' + good},
                                               {"Bearer " + good + ',' + good},
                                               {"Bearer \"" + good + '"'},
                                               {"Bearer\t" + good},
                                               {"Basic"},
                                               {good},
                                               {"Bearer " + good, "Bearer " + good},
                                               {"Basic YTpi", "Bearer " + good},
                                               {"Bearer =" + good},
                                               {"Bearer a=." + good},
                                               {"Bearer a\xc3\xa9"},
                                               {"Bearer, " + good},
                                               {"Bearer " + good + ";x"}}) {
        INFO(fields.front());
        auto const answer = closed.knock(fields);
        CHECK(answer.status() == fibercast::status::bad_request);
        CHECK(challenge_of(answer) == invalid_request);
    }
    CHECK(closed.entered == 0);
}

TEST_CASE("where there is no token, none is wrong") {
    test_issuers const issuers;
    door const closed(issuers);
    auto const good = good_token(issuers.es256);
    for (auto const& fields : std::vector<std::vector<std::string>>{
             {}, {"Basic YTpi"}, {"DPoP " + good}, {"BearerX " + good}, {"Digest a=\"b\", c=d"}}) {
        INFO(fields.size());
        auto const answer = closed.knock(fields);
        CHECK(answer.status() == fibercast::status::unauthorized);
        CHECK(challenge_of(answer) == R"(Bearer resource_metadata=")" + test_metadata + '"');
    }
    CHECK(closed.entered == 0);
}
