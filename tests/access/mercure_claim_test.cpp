// What hubs of the protocol's versions 0.x ask of a token, and the rights in its claim `mercure`.

#include "support/catch.hpp"
#include "tokens/token_maker.hpp"

#include <fibercast/access/token_rules.hpp>

#include <string>
#include <vector>

namespace {

std::string const some_header = R"({"alg":"HS256","typ":"JWT"})";

fibercast::verifier_options rules_0x() {
    auto made = test_options();
    made.rules = fibercast::token_rules::mercure_0x();
    return made;
}

struct fixture {
    std::shared_ptr<fibercast::grant const> with(std::string const& claims,
                                                 std::string const& header = some_header) {
        return verifier.verify(signed_token(issuers.hs256, header, claims));
    }
    /// What is read of a claim, which is JSON.
    std::shared_ptr<fibercast::grant const> with_claim(std::string const& mercure) {
        return with(R"({"mercure":)" + mercure + '}');
    }

    std::vector<fibercast::resolved_topic> topics(std::vector<std::string> const& names) const {
        std::vector<fibercast::resolved_topic> all;
        all.reserve(names.size());
        for (auto const& each : names) all.emplace_back(each, verifier.it->hub_url());
        return all;
    }

    test_issuers issuers;
    test_verifier verifier{issuers, rules_0x()};
};

}  // namespace

TEST_CASE_METHOD(fixture, "the rules of 0.x ask less, and read the claim mercure") {
    auto const it = with_claim(R"({"publish":["*"],"subscribe":["a","b"],"payload":"me"})");
    REQUIRE(it);
    CHECK(it->may_read(topics({"a"})));
    CHECK(it->may_read(topics({"c", "b"})));
    CHECK_FALSE(it->may_read(topics({"c"})));
    CHECK(it->may_publish(topics({"c"})));
    CHECK(it->payload_for(topics({"c"})[0]) == R"("me")");
    CHECK(it->issuer == issuers.id);  // whose key it was
    CHECK_FALSE(it->expires);
    CHECK(with("{}", R"({"alg":"HS256"})"));
    // What is there counts all the same.
    CHECK_FALSE(with(R"({"exp":1})"));
    CHECK_FALSE(with(R"({"iss":"https://other.example"})"));
    CHECK_FALSE(with("{}", R"({"alg":"none"})"));
}

TEST_CASE_METHOD(fixture, "the claim mercure names topics by texts, URI Templates and a star") {
    auto const it = with_claim(R"({"publish":["https://a/1","https://a/books/{id}"],)"
                               R"("subscribe":["https://a/u/{id}{?q*}"]})");
    REQUIRE(it);
    CHECK(it->may_publish(topics({"https://a/1", "https://a/books/7"})));
    CHECK(it->may_publish(topics({"https://a/books/{id}"})));
    CHECK_FALSE(it->may_publish(topics({"https://a/1", "https://a/2"})));
    CHECK_FALSE(it->may_publish(topics({"https://a/books/7/8"})));
    CHECK_FALSE(it->may_publish(topics({"https://a/u/1"})));
    CHECK(it->may_read(topics({"x", "https://a/u/1?b=2"})));
    CHECK_FALSE(it->may_read(topics({"https://a/books/7"})));
    // A relative one is the text that it is.
    CHECK_FALSE(with_claim(R"({"publish":["/b/{id}"]})")
                    ->may_publish(topics({"https://hub.example.com/b/1"})));
}

TEST_CASE_METHOD(fixture,
                 "in the claim mercure what looks like a URI Template and is none is a text") {
    auto const it = with_claim(R"({"publish":["a{b","{c d}"]})");
    REQUIRE(it);
    CHECK(it->may_publish(topics({"a{b", "{c d}"})));
    CHECK_FALSE(it->may_publish(topics({"a"})));
    // Nor is it a URL pattern.
    CHECK_FALSE(
        with_claim(R"({"publish":["https://a/:id"]})")->may_publish(topics({"https://a/1"})));
}

TEST_CASE_METHOD(fixture, "an empty claim mercure allows nothing") {
    for (std::string const claim :
         {"{}", R"({"publish":[],"subscribe":[]})", R"({"publish":null,"subscribe":null})"}) {
        auto const it = with_claim(claim);
        REQUIRE(it);
        CHECK_FALSE(it->may_publish(topics({"a"})));
        CHECK_FALSE(it->may_read(topics({"a"})));
    }
}

TEST_CASE_METHOD(fixture, "a bad claim mercure spoils the token") {
    std::string const longest(1024, 'a');
    CHECK(with_claim(R"({"publish":[")" + longest + R"("]})"));
    std::string many = R"("a")";
    for (int i = 1; i < 100; ++i) many += R"(,"a")";
    CHECK(with_claim(R"({"publish":[)" + many + "]}"));
    for (std::string const& claim :
         {std::string("[]"), std::string("7"), std::string(R"({"publish":"*"})"),
          std::string(R"({"publish":[1]})"), std::string(R"({"subscribe":[["a"]]})"),
          std::string(R"({"subscribe":["a\n"]})"), std::string(R"({"subscribe":["{a:9999}"]})"),
          R"({"publish":[")" + longest + R"(a"]})", R"({"publish":[)" + many + R"(,"a"]})"}) {
        INFO(claim);
        CHECK_FALSE(with_claim(claim));
    }
}

TEST_CASE("the rules of 1.0 read neither the claim mercure nor URI Templates") {
    test_issuers const issuers;
    test_verifier verifier(issuers);
    CHECK_FALSE(verifier.verify(
        signed_token(issuers.hs256, some_header, R"({"mercure":{"publish":["*"]}})")));
    auto const with_topic = [&](std::string const& topic) {
        auto const details =
            R"([{"type":"https://mercure.rocks/authorization-detail","actions":["publish"],)"
            R"("topics":[)" +
            topic + "]}]";
        return verifier.verify(
            signed_token(issuers.es256, test_header("ES256"), claims_with_details(details)));
    };
    auto const it = with_topic(R"({"match":"https://a/{id}"})");
    REQUIRE(it);
    fibercast::resolved_topic const topic("https://a/1", verifier.it->hub_url());
    CHECK_FALSE(it->may_publish({&topic, 1}));
    CHECK_FALSE(with_topic(R"({"match":"https://a/{id}","match_type":"uritemplate"})"));
}
