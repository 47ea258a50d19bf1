#include <fibercast/access/verifier.hpp>

#include "support/catch.hpp"
#include "tokens/token_maker.hpp"

#include <atomic>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

using fibercast::signing_algorithm;
using fibercast::token_role;
using fibercast::token_rules;
using fibercast::verification_key;

namespace {

struct fixture {
    std::string token(std::string const& claims) const {
        return signed_token(issuers.es256, test_header("ES256"), claims);
    }
    std::string at(std::string_view name, std::string const& time) const {
        return token(with_member(test_claims(), name, time));
    }

    test_issuers issuers;
    test_verifier verifier{issuers};
};

}  // namespace

TEST_CASE("a token of each algorithm counts") {
    for (auto const each :
         {signing_algorithm::hs256, signing_algorithm::hs384, signing_algorithm::hs512,
          signing_algorithm::rs256, signing_algorithm::ps256, signing_algorithm::es256,
          signing_algorithm::eddsa}) {
        INFO(name_of(each));
        signing_key const key(each);
        bool const secret = shortest_secret(each) != 0;
        fibercast::trusted_keys keys;
        keys.add("https://issuer.example",
                 {secret ? verification_key::from_secret(key.secret(), each)
                         : verification_key::from_pem(key.public_pem(), each)});
        fibercast::verifier_options settings = test_options();
        settings.clock = [] { return std::chrono::sys_seconds(std::chrono::seconds(test_now)); };
        fibercast::verifier const verifier(std::make_shared<fibercast::key_ring>(std::move(keys)),
                                           settings);
        auto const answer = verifier.verify(good_token(key), token_role::subscribe);
        REQUIRE(answer.index() == 0);
        auto const& it = *std::get<0>(answer);
        CHECK(it.issuer == "https://issuer.example");
        CHECK(it.subject == "somebody");
        CHECK(it.expires == std::chrono::sys_seconds(std::chrono::seconds(test_now + 300)));
        CHECK(it.details.size() == 1);
    }
}

TEST_CASE_METHOD(fixture, "a good token may be written in more than one way") {
    for (std::string const type : {"AT+JWT", "application/at+jwt", "APPLICATION/At+Jwt"}) {
        auto const header = with_member(test_header("ES256"), "typ", '"' + type + '"');
        CHECK(verifier.verify(signed_token(issuers.es256, header, test_claims())));
    }
    auto const with_audiences =
        with_member(test_claims(), "aud", R"(["a",")" + test_hub + R"(","b"])");
    CHECK(verifier.verify(token(with_audiences)));
    CHECK(verifier.verify(token(without_member(test_claims(), "sub")))->subject.empty());
    CHECK(verifier.verify(token(with_member(test_claims(), "more", R"({"a":[{"b":null}]})"))));
    for (std::string const kid : {"es", "unknown", ""}) {
        auto const header = with_member(test_header("ES256"), "kid", '"' + kid + '"');
        CHECK(verifier.verify(signed_token(issuers.es256, header, test_claims())));
    }
}

TEST_CASE_METHOD(fixture, "clocks may differ by the leeway and no more") {
    auto const now = [](std::int64_t more) { return std::to_string(test_now + more); };
    CHECK(verifier.verify(at("exp", now(-9))));
    CHECK_FALSE(verifier.verify(at("exp", now(-10))));
    CHECK(verifier.verify(at("nbf", now(10))));
    CHECK_FALSE(verifier.verify(at("nbf", now(11))));
    CHECK_FALSE(verifier.verify(at("nbf", now(10) + ".5")));
    CHECK(verifier.verify(at("nbf", now(-10))));
    fibercast::verifier_options exact = test_options();
    exact.rules.leeway = std::chrono::seconds(0);
    test_verifier strict(issuers, exact);
    CHECK(strict.verify(at("exp", now(1))));
    CHECK_FALSE(strict.verify(at("exp", now(0))));
    CHECK(strict.verify(at("nbf", now(0))));
    CHECK_FALSE(strict.verify(at("nbf", now(1))));
}

TEST_CASE_METHOD(fixture, "a key counts for its role") {
    auto const token = good_token(issuers.publishes);
    CHECK(verifier.verify(token, token_role::publish));
    // What is remembered for one role is not for the other.
    CHECK_FALSE(verifier.verify(token, token_role::subscribe));
    CHECK(verifier.verify(token, token_role::publish));
}

TEST_CASE_METHOD(fixture, "a token is verified once") {
    auto const token = good_token(issuers.es256);
    auto const first = verifier.verify(token);
    REQUIRE(first);
    for (int i = 0; i < 100; ++i) CHECK(verifier.verify(token) == first);
    CHECK(verifier.it->stats().signature_checks == 1);
    CHECK(verifier.it->stats().remembered == 100);
    CHECK(verifier.it->stats().refused == 0);
    // One that is bad is looked at again each time, and is no reason to forget.
    auto bad = token;
    bad[bad.size() - 20] = bad[bad.size() - 20] == 'A' ? 'B' : 'A';
    for (int i = 0; i < 3; ++i) CHECK_FALSE(verifier.verify(bad));
    CHECK(verifier.it->stats().signature_checks == 4);
    CHECK(verifier.it->stats().refused == 3);
    CHECK(verifier.verify(token) == first);
}

TEST_CASE_METHOD(fixture, "nothing is remembered past its end") {
    auto const token = at("exp", std::to_string(test_now + 2));
    REQUIRE(verifier.verify(token));
    *verifier.now += 1;
    CHECK(verifier.verify(token));
    CHECK(verifier.it->stats().signature_checks == 1);
    // Within the leeway it still counts, and is verified each time.
    *verifier.now += 1;
    CHECK(verifier.verify(token));
    CHECK(verifier.it->stats().signature_checks == 2);
    *verifier.now += 10;
    CHECK_FALSE(verifier.verify(token));
    CHECK(verifier.it->stats().signature_checks == 2);
}

TEST_CASE_METHOD(fixture, "other keys are the end of what was remembered") {
    auto const token = good_token(issuers.es256);
    auto const first = verifier.verify(token);
    REQUIRE(first);
    verifier.keys->replace(issuers.keys());
    CHECK(verifier.verify(token));
    CHECK(verifier.it->stats().signature_checks == 2);
    verifier.keys->replace(test_issuers().keys());
    CHECK_FALSE(verifier.verify(token));
    // Who has the grant keeps it: that the keys have changed ends no stream.
    CHECK(first->subject == "somebody");
}

TEST_CASE_METHOD(fixture, "what was unused for longest is forgotten first") {
    fibercast::verifier_options few = test_options();
    few.remembered = 2;
    test_verifier small(issuers, few);
    auto const a = token(with_member(test_claims(), "jti", R"("a")"));
    auto const b = token(with_member(test_claims(), "jti", R"("b")"));
    auto const c = token(with_member(test_claims(), "jti", R"("c")"));
    auto const checks_for = [&](std::string const& each) {
        auto const before = small.it->stats().signature_checks;
        CHECK(small.verify(each));
        return small.it->stats().signature_checks - before;
    };
    CHECK(checks_for(a) == 1);
    CHECK(checks_for(b) == 1);
    CHECK(checks_for(a) == 0);
    CHECK(checks_for(c) == 1);
    CHECK(checks_for(a) == 0);
    CHECK(checks_for(b) == 1);
    fibercast::verifier_options none = test_options();
    none.remembered = 0;
    test_verifier forgetful(issuers, none);
    CHECK(forgetful.verify(a));
    CHECK(forgetful.verify(a));
    CHECK(forgetful.it->stats().signature_checks == 2);
}

TEST_CASE_METHOD(fixture, "many threads verify while the keys are replaced") {
    std::vector<std::string> tokens;
    for (int i = 0; i < 8; ++i)
        tokens.push_back(token(with_member(test_claims(), "jti", std::to_string(i))));
    std::atomic<std::size_t> good = 0;
    constexpr std::size_t rounds = 200;
    std::vector<std::thread> threads;
    for (int i = 0; i < 3; ++i) {
        threads.emplace_back([&] {
            for (std::size_t n = 0; n < rounds; ++n)
                if (verifier.verify(tokens[n % tokens.size()])) ++good;
        });
    }
    for (int i = 0; i < 20; ++i) verifier.keys->replace(issuers.keys());
    for (auto& each : threads) each.join();
    CHECK(good == 3 * rounds);
    auto const stats = verifier.it->stats();
    CHECK(stats.signature_checks + stats.remembered == 3 * rounds);
}

TEST_CASE_METHOD(fixture, "settings that make no sense are refused") {
    auto const refused = [&](auto const& change) {
        auto settings = test_options();
        change(settings);
        CHECK_THROWS_AS(fibercast::verifier(verifier.keys, settings), std::invalid_argument);
    };
    refused([](auto& it) { it.rules.leeway = std::chrono::seconds(61); });
    refused([](auto& it) { it.rules.leeway = std::chrono::seconds(-1); });
    refused([](auto& it) { it.rules.audience = ""; });
    refused([](auto& it) { it.hub_url = "/mercure"; });
    refused([](auto& it) { it.resource_metadata = "https://a/\", error=\"x"; });
    refused([](auto& it) { it.resource_metadata = "https://a/\n"; });
}
