#include <fibercast/service/token_access.hpp>

#include "support/catch.hpp"
#include "tokens/token_maker.hpp"

#include <fibercast/service/topic_urls.hpp>
#include <fibercast/sse/reader_rights.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

using fibercast::access_error;
using fibercast::access_refusal;
using fibercast::access_rules;
using fibercast::deadline;
using fibercast::event_topic;
using fibercast::grant_ptr;
using fibercast::request;
using fibercast::subscription;
using texts = std::vector<std::string>;

namespace {

struct fixture {
    request asked(std::string const& token, std::string method = "GET") const {
        fibercast::fields fields;
        if (!token.empty()) fields.add("Authorization", "Bearer " + token);
        return {std::move(method), "/", std::move(fields)};
    }

    std::string token_with(std::string const& details) const {
        return signed_token(issuers.es256, test_header("ES256"), claims_with_details(details));
    }

    std::string token_for(std::string const& action, std::string const& topics) const {
        return token_with(R"([{"type":"https://mercure.rocks/authorization-detail","actions":[")" +
                          action + R"("],"topics":[)" + topics + "]}]");
    }

    grant_ptr reader(std::string const& token) const {
        return std::get<grant_ptr>(reader_of(asked(token), rules));
    }

    bool may_publish(std::string const& token, texts const& topics) const {
        auto const from = std::get<grant_ptr>(publisher_of(asked(token, "POST"), rules));
        return fibercast::may_publish(*from, rules, topics);
    }

    test_issuers issuers;
    test_verifier verifier{issuers};
    access_rules rules{.tokens = verifier.it};
    std::string const token = good_token(issuers.es256);
};

access_error error_of(std::variant<grant_ptr, access_refusal> const& answer) {
    return std::get<access_refusal>(answer).error;
}

}  // namespace

TEST_CASE_METHOD(fixture, "who has no token is nobody, and may subscribe where that is allowed") {
    CHECK(reader("") == nullptr);
    CHECK(reader(token) != nullptr);
    CHECK(error_of(reader_of(asked("bad"), rules)) == access_error::invalid_token);
    CHECK(error_of(publisher_of(asked("", "POST"), rules)) == access_error::no_token);
    rules.anonymous = {};
    CHECK(error_of(reader_of(asked(""), rules)) == access_error::no_token);
}

TEST_CASE_METHOD(fixture, "a token that ends before a stream could begin is refused to subscribe") {
    auto const ending = [this](std::int64_t in) {
        using std::chrono::floor, std::chrono::seconds;
        auto const now = floor<seconds>(std::chrono::system_clock::now()).time_since_epoch();
        return signed_token(issuers.es256, test_header("ES256"),
                            with_member(test_claims(), "exp", std::to_string(now.count() + in)));
    };
    auto settings = test_options();
    rules.tokens = std::make_shared<fibercast::verifier const>(verifier.keys, settings);
    CHECK(error_of(reader_of(asked(ending(-5)), rules)) == access_error::invalid_token);
    CHECK(reader(ending(60)) != nullptr);
    // Within the leeway for clocks, what is over at once may still be done.
    CHECK(std::get<grant_ptr>(publisher_of(asked(ending(-5), "POST"), rules)) != nullptr);
}

TEST_CASE_METHOD(fixture, "without a token only what the patterns cover may be subscribed to") {
    rules.anonymous = {"news", "public/**", "teams/*"};
    auto const may = [&](std::string const& wanted) {
        return may_subscribe(nullptr, rules, wanted);
    };
    for (auto const* const wanted : {"news", "public/a", "public/a/b", "public/*", "public/a/**",
                                     "public/**", "teams/red", "teams/*"}) {
        INFO(wanted);
        CHECK(may(wanted));
    }
    for (auto const* const wanted : {"*", "new", "newsX", "news/x", "public", "public/", "teams/",
                                     "teams/**", "teams/red/a", "publicX/a", ""}) {
        INFO(wanted);
        CHECK_FALSE(may(wanted));
    }
    CHECK(may_subscribe(reader(token), rules, "*"));
    rules.anonymous = {"*"};
    CHECK(may("*"));
    CHECK(may("anything/**"));
}

TEST_CASE_METHOD(fixture, "a subscription is bound to its token: its rights, and its end") {
    subscription anonymous;
    set_terms(anonymous, nullptr);
    CHECK(anonymous.rights == nullptr);
    CHECK(anonymous.ends_at == fibercast::never);

    auto const exp = std::chrono::ceil<std::chrono::seconds>(std::chrono::system_clock::now()) +
                     std::chrono::minutes(2);
    fibercast::grant granted = *reader(token);
    granted.expires = exp;
    subscription wants;
    set_terms(wants, std::make_shared<fibercast::grant const>(granted));
    auto const left = wants.ends_at - deadline::clock::now();
    CHECK(left > std::chrono::seconds(110));
    CHECK(left <= std::chrono::seconds(120));

    REQUIRE(wants.rights);
    auto const may_read = [&](std::string const& topic) {
        std::vector<event_topic> const about = {
            {topic, fibercast::url_spelling(topic, rules.tokens->hub_url())}};
        return wants.rights->may_read(about);
    };
    CHECK(may_read("news"));
    CHECK(may_read("https://example.com/books/1"));
    CHECK(may_read("HTTPS://example.com/x/../books/1"));
    CHECK_FALSE(may_read("https://example.com/books/1/2"));
    CHECK_FALSE(may_read("other"));

    subscription sooner{.ends_at = deadline::clock::now()};
    set_terms(sooner, std::make_shared<fibercast::grant const>(granted));
    CHECK(sooner.ends_at <= deadline::clock::now());
    granted.expires = std::chrono::sys_seconds::max();
    set_terms(wants, std::make_shared<fibercast::grant const>(granted));
    CHECK(wants.ends_at < fibercast::never);  // the sooner of the two
    granted.expires = std::chrono::sys_seconds(std::chrono::seconds(0));
    set_terms(wants, std::make_shared<fibercast::grant const>(granted));
    CHECK(wants.ends_at <= deadline::clock::now());
}

TEST_CASE_METHOD(fixture, "to publish, a token must allow each topic, and * what is for all") {
    CHECK(may_publish(token, {"news"}));
    CHECK(may_publish(token, {"news", "https://example.com/books/1"}));
    CHECK_FALSE(may_publish(token, {"news", "other"}));
    CHECK_FALSE(may_publish(token, {}));
    auto const everything = token_for("publish", R"({"match":"*"})");
    CHECK(may_publish(everything, {}));
    CHECK(may_publish(everything, {"news", "other"}));
    CHECK_FALSE(may_publish(token_for("subscribe", R"({"match":"*"})"), {}));
    CHECK_FALSE(may_publish(everything, {"/.well-known/mercure/subscriptions/x"}));
    CHECK_FALSE(may_publish(everything, {"news", "/.well-known/%6Dercure"}));
}
