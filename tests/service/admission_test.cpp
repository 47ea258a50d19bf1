#include <fibercast/service/admission.hpp>

#include "support/catch.hpp"
#include "tokens/token_maker.hpp"

#include <fibercast/http/router.hpp>
#include <fibercast/service/publishing.hpp>
#include <fibercast/service/subscribing.hpp>
#include <fibercast/sse/hub.hpp>

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <variant>
#include <vector>

using fibercast::access_rules;
using fibercast::request;
using fibercast::response;
using fibercast::status;
using fibercast::subscription;

namespace {

using field_list = std::vector<std::pair<std::string, std::string>>;

/// What a token allows: `topics` are matchers, between commas.
std::string detail(std::string const& action, std::string const& topics) {
    return R"([{"type":"https://mercure.rocks/authorization-detail","actions":[")" + action +
           R"("],"topics":[)" + topics + "]}]";
}

std::string const everything = R"({"match":"*"})";
std::string const books =
    R"({"match":"news"},{"match":"https://example.com/books/:id","match_type":"urlpattern"})";

struct fixture {
    /// By one who is `subject`; of nobody's, when that is empty.
    std::string token(std::string const& details, std::string const& subject = "ann",
                      std::string const& jti = "1") const {
        auto claims = with_member(claims_with_details(details), "jti", '"' + jti + '"');
        claims = subject.empty() ? without_member(claims, "sub")
                                 : with_member(claims, "sub", '"' + subject + '"');
        return signed_token(issuers.es256, test_header("ES256"), claims);
    }
    std::string publishing(std::string const& topics = everything) const {
        return token(detail("publish", topics));
    }

    response ask(std::string const& method, std::string const& target, field_list const& list,
                 std::string body = "") {
        fibercast::fields fields;
        for (auto const& [name, value] : list) fields.add(name, value);
        fibercast::router routes;
        routes.get("/", subscribe_to(clients, {.admit = admit_readers(rules)}));
        if (!publisher)
            publisher.emplace(clients,
                              fibercast::publish_options{.admit = admit_publishers(rules)});
        routes.post("/broadcast", publisher->broadcasting());
        routes.post("/topics/{topic...}", publisher->to_topic());
        routes.post("/publish", publisher->to_topics());
        return routes(request(method, target, std::move(fields), std::move(body)));
    }
    static field_list bearer(std::string const& token) {
        return {{"Authorization", "Bearer " + token}};
    }
    field_list cookie(std::string const& token, std::string const& origin = "") const {
        field_list made{{"Cookie", rules.cookie + '=' + token}};
        if (!origin.empty()) made.emplace_back("Origin", origin);
        return made;
    }

    status post(std::string const& target, field_list const& list, std::string body = "x") {
        return ask("POST", target, list, std::move(body)).status();
    }
    status repeatable(std::string const& token, std::string body = "x") {
        auto list = bearer(token);
        list.emplace_back("Idempotency-Key", "k");
        return post("/topics/news", list, std::move(body));
    }
    std::uint64_t published() const {
        return clients.stats().published + clients.stats().broadcasts;
    }

    static std::string challenge(response const& answer) {
        return std::string(answer.fields().find("WWW-Authenticate").value_or(""));
    }

    test_issuers issuers;
    test_verifier verifier{issuers};
    access_rules rules{.tokens = verifier.it, .origins = {"https://app.example.com"}};
    fibercast::hub clients;
    std::optional<fibercast::publisher> publisher;
};

}  // namespace

TEST_CASE_METHOD(fixture, "to publish, a token must allow each topic of each event") {
    auto const some = bearer(publishing(books));
    CHECK(post("/topics/news", some) == status::ok);
    CHECK(post("/topics/https:%2F%2Fexample.com%2Fbooks%2F7?topic=news", some) == status::ok);
    CHECK(post("/publish?topic=news&topic=other", some) == status::forbidden);
    CHECK(post("/topics/other", some) == status::forbidden);
    CHECK(post("/broadcast", some) == status::forbidden);
    CHECK(published() == 2);
    auto const all = bearer(publishing());
    CHECK(post("/topics/other?private", all) == status::ok);
    CHECK(post("/broadcast", all) == status::ok);
    CHECK(post("/topics//.well-known/mercure/subscriptions/x", all) == status::forbidden);
    CHECK(post("/topics/a", bearer(token(detail("subscribe", everything)))) == status::forbidden);
    CHECK(published() == 4);
}

TEST_CASE_METHOD(fixture, "what keeps somebody from publishing is said by status and challenge") {
    auto const metadata = "resource_metadata=\"" + test_metadata + '"';
    auto const none = ask("POST", "/broadcast?nonsense", {}, "x");
    CHECK(none.status() == status::unauthorized);
    CHECK(challenge(none) == "Bearer " + metadata);
    auto const bad = ask("POST", "/topics/a", bearer(publishing() + 'x'), "x");
    CHECK(bad.status() == status::unauthorized);
    CHECK_THAT(challenge(bad), ContainsSubstring("error=\"invalid_token\""));
    auto const little = ask("POST", "/topics/a", bearer(publishing(books)), "x");
    CHECK(little.status() == status::forbidden);
    CHECK_THAT(challenge(little), ContainsSubstring("error=\"insufficient_scope\""));
    auto const twice = ask("POST", "/topics/a",
                           {{"Authorization", "Bearer a"}, {"Authorization", "Bearer b"}}, "x");
    CHECK(twice.status() == status::bad_request);
    CHECK(published() == 0);
}

TEST_CASE_METHOD(fixture, "with a cookie only pages of listed origins publish") {
    auto const mine = publishing();
    CHECK(post("/topics/a", cookie(mine)) == status::forbidden);
    CHECK(post("/topics/a", cookie(mine, "https://evil.example")) == status::forbidden);
    CHECK(post("/topics/a", cookie(mine, "null")) == status::forbidden);
    CHECK(published() == 0);
    CHECK(post("/topics/a", cookie(mine, "https://app.example.com")) == status::ok);
    rules.cookie = "";
    publisher.reset();
    CHECK(post("/topics/a", cookie(mine, "https://app.example.com")) == status::unauthorized);
    CHECK(published() == 1);
}

TEST_CASE_METHOD(fixture, "a publisher's token is not in the query") {
    rules.parameter = "authorization";
    CHECK(post("/topics/a?authorization=" + publishing(), {}) == status::unauthorized);
}

TEST_CASE_METHOD(fixture, "a key is that of its token's issuer and subject, whatever the token") {
    auto const details = detail("publish", everything);
    CHECK(repeatable(token(details)) == status::ok);
    CHECK(repeatable(token(details, "ann", "2")) == status::ok);  // she has a new one
    CHECK(published() == 1);
    CHECK(repeatable(token(details, "bob")) == status::ok);
    CHECK(repeatable(token(details, "bob"), "y") == status::unprocessable_entity);
    CHECK(published() == 2);
    auto const other = signed_token(
        issuers.of_other, test_header("EdDSA"),
        with_member(with_member(claims_with_details(details), "iss", '"' + issuers.other_id + '"'),
                    "sub", "\"ann\""));
    CHECK(repeatable(other) == status::ok);
    CHECK(published() == 3);
}

TEST_CASE_METHOD(fixture, "a token without a subject has its keys for itself") {
    auto const details = detail("publish", everything);
    auto const first = token(details, ""), second = token(details, "", "2");
    for (auto const& each : {first, first, second, second}) CHECK(repeatable(each) == status::ok);
    CHECK(published() == 2);
    CHECK(repeatable(second, "y") == status::unprocessable_entity);
}

TEST_CASE_METHOD(fixture, "an answer is not remembered for who may not have it any more") {
    auto const details = detail("publish", everything);
    CHECK(repeatable(token(details)) == status::ok);
    CHECK(repeatable(token(detail("publish", R"({"match":"other"})"))) == status::forbidden);
    *verifier.now += 3'600;
    CHECK(repeatable(token(details)) == status::unauthorized);
}

TEST_CASE_METHOD(fixture, "without a token only what is open to all may be subscribed to") {
    rules.anonymous = {"public/**"};
    auto const refused = ask("GET", "/?topic=public/a&topic=news", {});
    CHECK(refused.status() == status::unauthorized);
    CHECK_THAT(challenge(refused), StartsWith("Bearer resource_metadata="));
    CHECK(ask("GET", "/?topic=*", {}).status() == status::unauthorized);
    CHECK(ask("GET", "/?topic=news", bearer("nonsense")).status() == status::unauthorized);
    // Nobody is told a stream's end as if it were theirs: a bad token is none.
    CHECK(ask("GET", "/?topic=public/a", bearer("nonsense")).status() == status::unauthorized);
    rules.anonymous = {};
    CHECK(ask("GET", "/", {}).status() == status::unauthorized);
    CHECK(clients.size() == 0);
}

TEST_CASE_METHOD(fixture, "who may subscribe is bound to the token") {
    rules.anonymous = {"public/**"};
    auto const admit = admit_readers(rules);
    auto const asked = [&](field_list const& list) {
        fibercast::fields fields;
        for (auto const& [name, value] : list) fields.add(name, value);
        return request("GET", "/", std::move(fields));
    };
    subscription open{.topics = {"public/a", "public/**"}};
    CHECK_FALSE(admit(asked({}), open));
    CHECK(open.rights == nullptr);
    CHECK(open.ends_at == fibercast::never);
    subscription nothing;
    CHECK_FALSE(admit(asked({}), nothing));  // the broadcasts
    auto const reading = token(detail("subscribe", books));
    for (auto const& shown : {bearer(reading), cookie(reading, "https://evil.example")}) {
        subscription wants{.topics = {"news", "*"}};
        CHECK_FALSE(admit(asked(shown), wants));  // to read is no more than a page may ask anybody
        REQUIRE(wants.rights);
        std::vector<fibercast::event_topic> const news{{"news"}}, other{{"other"}};
        CHECK(wants.rights->may_read(news));
        CHECK_FALSE(wants.rights->may_read(other));
        CHECK(wants.ends_at < fibercast::never);
    }
}

TEST_CASE_METHOD(fixture, "rules with an origin that is none are refused") {
    for (auto const* const origin : {"*", "null", "https://app.example.com/"}) {
        rules.origins = {origin};
        CHECK_THROWS_AS(admit_readers(rules), std::invalid_argument);
        CHECK_THROWS_AS(admit_publishers(rules), std::invalid_argument);
    }
}
