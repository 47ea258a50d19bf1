#include "access/bad_token.hpp"
#include "access/hostile_tokens.hpp"

#include <utility>

namespace {

std::string const detail_type = R"("type":"https://mercure.rocks/authorization-detail")";
std::string const good_detail =
    "{" + detail_type + R"(,"actions":["subscribe"],"topics":[{"match":"*"}]})";

/// A detail with other members than a good one's.
std::string detail(std::string const& actions, std::string const& topics) {
    return "{" + detail_type + R"(,"actions":)" + actions + R"(,"topics":)" + topics + '}';
}

}  // namespace

std::vector<hostile_token> hostile_details(test_issuers const& of) {
    std::vector<hostile_token> all;
    auto const with_claims = [&](std::string name, std::string const& claims) {
        all.push_back({std::move(name), signed_token(of.es256, test_header("ES256"), claims),
                       std::string(name_of(fibercast::token_fault::bad_rights))});
    };
    // One that is wrong among good ones.
    auto const details = [&](std::string name, std::string const& wrong) {
        with_claims(std::move(name),
                    claims_with_details('[' + good_detail + ',' + wrong + ',' + good_detail + ']'));
    };
    with_claims("details that are no list", claims_with_details(good_detail));
    details("a detail that is no object", "1");
    details("a detail without a type", R"({"actions":["subscribe"],"topics":[{"match":"*"}]})");
    details("no actions", "{" + detail_type + R"(,"topics":[{"match":"*"}]})");
    details("an empty list of actions", detail("[]", R"([{"match":"*"}])"));
    details("an action that is no string", detail(R"(["subscribe",1])", R"([{"match":"*"}])"));
    details("actions that are no list", detail(R"("subscribe")", R"([{"match":"*"}])"));
    details("no topics", "{" + detail_type + R"(,"actions":["subscribe"]})");
    details("an empty list of topics", detail(R"(["subscribe"])", "[]"));
    details("a topic that is no object", detail(R"(["subscribe"])", R"(["*"])"));
    details("a topic without a match", detail(R"(["subscribe"])", R"([{"match_type":"exact"}])"));
    details("a match that is no string", detail(R"(["subscribe"])", R"([{"match":["*"]}])"));
    for (std::string const type : {R"("regexp")", R"("Exact")", R"("")", "null", "1"}) {
        details("the match type " + type,
                detail(R"(["subscribe"])", R"([{"match":"*","match_type":)" + type + "}]"));
    }
    details("a pattern that is none",
            detail(R"(["subscribe"])", R"([{"match":"/(","match_type":"urlpattern"}])"));
    details("a wrong topic for an action that nobody knows",
            detail(R"(["future"])", R"([{"match":"/(","match_type":"urlpattern"}])"));
    details("a match with a control character", detail(R"(["subscribe"])", R"([{"match":"\n"}])"));
    details("a match with a character that is not seen",
            detail(R"(["subscribe"])", R"([{"match":"a\u200bb"}])"));
    details("a match that is too long",
            detail(R"(["subscribe"])", R"([{"match":")" + std::string(1025, 'a') + "\"}]"));
    details("a payload that is no object",
            "{" + detail_type + R"(,"actions":["subscribe"],"topics":[{"match":"*"}],)" +
                R"("payload":"text"})");
    std::string many;
    for (int i = 0; i < 101; ++i) many += R"({"match":"a"},)";
    many.pop_back();
    details("too many topics", detail(R"(["subscribe"])", '[' + many + ']'));
    return all;
}
