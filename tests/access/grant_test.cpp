#include <fibercast/access/grant.hpp>

#include "support/catch.hpp"
#include "tokens/token_maker.hpp"

#include <string>
#include <vector>

using fibercast::resolved_topic;

namespace {

struct fixture {
    std::shared_ptr<fibercast::grant const> with(std::string const& details) {
        return verifier.verify(
            signed_token(issuers.es256, test_header("ES256"), claims_with_details(details)));
    }

    std::vector<resolved_topic> topics(std::vector<std::string> const& names) const {
        std::vector<resolved_topic> all;
        for (auto const& each : names) all.emplace_back(each, verifier.it->hub_url());
        return all;
    }

    bool may_publish(fibercast::grant const& it, std::vector<std::string> const& names) const {
        return it.may_publish(topics(names));
    }
    bool may_read(fibercast::grant const& it, std::vector<std::string> const& names) const {
        return it.may_read(topics(names));
    }
    std::string payload(fibercast::grant const& it, std::string const& matcher) const {
        return std::string(it.payload_for(resolved_topic(matcher, verifier.it->hub_url())));
    }

    test_issuers issuers;
    test_verifier verifier{issuers};
};

/// `actions` and `topics` are JSON.
std::string detail(std::string const& actions, std::string const& topics,
                   std::string const& more = "") {
    return R"({"type":"https://mercure.rocks/authorization-detail","actions":)" + actions +
           R"(,"topics":)" + topics + more + '}';
}

}  // namespace

TEST_CASE_METHOD(fixture, "publishing needs the right on all topics, reading on one") {
    auto const it = with(
        '[' +
        detail(R"(["publish"])", R"([{"match":"a"},{"match":"/b/:x","match_type":"urlpattern"}])") +
        ',' + detail(R"(["publish"])", R"([{"match":"c","match_type":"exact"}])") + ',' +
        detail(R"(["subscribe"])", R"([{"match":"s"}])") + ']');
    REQUIRE(it);
    CHECK(may_publish(*it, {"a"}));
    CHECK(may_publish(*it, {"a", "/b/1", "c"}));
    CHECK_FALSE(may_publish(*it, {"a", "d"}));
    CHECK_FALSE(may_publish(*it, {"s"}));
    CHECK_FALSE(may_publish(*it, {}));
    CHECK(may_read(*it, {"s"}));
    CHECK(may_read(*it, {"x", "s"}));
    CHECK_FALSE(may_read(*it, {"a"}));
    CHECK_FALSE(may_read(*it, {}));
}

TEST_CASE_METHOD(fixture, "a detail may allow both, and a star everything") {
    auto const it = with('[' + detail(R"(["publish","subscribe"])", R"([{"match":"*"}])") + ']');
    REQUIRE(it);
    CHECK(may_publish(*it, {"a", "https://example.com/", "http://"}));
    CHECK(may_read(*it, {"http://"}));
}

TEST_CASE_METHOD(fixture, "what nobody knows allows nothing, and spoils nothing") {
    auto const it = with(
        "[" + detail(R"(["delete","Publish"])", R"([{"match":"*"}])") +
        R"(,{"type":"https://other.example/detail","actions":7},)" +
        detail(R"(["future","subscribe"])", R"([{"match":"a","more":1}])", R"(,"locations":[])") +
        ']');
    REQUIRE(it);
    CHECK_FALSE(may_publish(*it, {"a"}));
    CHECK(may_read(*it, {"a"}));
    CHECK_FALSE(may_read(*it, {"b"}));
}

TEST_CASE_METHOD(fixture, "without details nothing is allowed") {
    auto const token = signed_token(issuers.es256, test_header("ES256"),
                                    without_member(test_claims(), "authorization_details"));
    for (auto const& it :
         {verifier.verify(token), with("[]"), std::make_shared<fibercast::grant const>()}) {
        REQUIRE(it);
        CHECK_FALSE(may_publish(*it, {"a"}));
        CHECK_FALSE(may_read(*it, {"a"}));
        CHECK(payload(*it, "a").empty());
    }
}

TEST_CASE_METHOD(fixture, "the first detail that covers a subscription has its payload") {
    auto const it =
        with('[' + detail(R"(["publish"])", R"([{"match":"*"}])", R"(,"payload":{"p":0})") + ',' +
             detail(R"(["subscribe"])", R"([{"match":"https://example.com/foo"}])",
                    R"(,"payload":{"p":1,"q":["\u00e9"]})") +
             ',' +
             detail(R"(["subscribe"])",
                    R"([{"match":"https://example.com/bar/:id","match_type":"urlpattern"}])",
                    R"(,"payload":{"p":2})") +
             ',' + detail(R"(["subscribe"])", R"([{"match":"https://example.com/none"}])") + ',' +
             detail(R"(["subscribe"])", R"([{"match":"*"}])", R"(,"payload":{"p":3})") + ']');
    REQUIRE(it);
    CHECK(payload(*it, "https://example.com/foo") == "{\"p\":1,\"q\":[\"\xc3\xa9\"]}");
    CHECK(payload(*it, "https://example.com/bar/:id") == R"({"p":2})");
    CHECK(payload(*it, "https://example.com/bar/1") == R"({"p":2})");
    CHECK(payload(*it, "https://example.com/none").empty());
    CHECK(payload(*it, "else") == R"({"p":3})");
}

TEST_CASE_METHOD(fixture, "as many details and topics as the limits allow are read") {
    std::string details, topics;
    for (int i = 0; i < 100; ++i)
        details += (i == 0 ? "" : ",") + detail(R"(["publish"])", R"([{"match":"a"}])");
    fibercast::verifier_options wide = test_options();
    wide.rules.longest_token = 32 * 1024;
    test_verifier patient(issuers, wide);
    auto const token = [&](std::string const& list) {
        return signed_token(issuers.es256, test_header("ES256"),
                            claims_with_details('[' + list + ']'));
    };
    CHECK(patient.verify(token(details)) != nullptr);
    CHECK(patient.verify(token(details + ',' + detail(R"(["publish"])", R"([{"match":"a"}])"))) ==
          nullptr);
    for (int i = 0; i < 100; ++i) topics += (i == 0 ? "" : ",") + std::string(R"({"match":"a"})");
    CHECK(patient.verify(token(detail(R"(["publish"])", '[' + topics + ']'))) != nullptr);
    CHECK(patient.verify(token(detail(
              R"(["publish"])", "[{\"match\":\"" + std::string(1024, 'a') + "\"}]"))) != nullptr);
}
