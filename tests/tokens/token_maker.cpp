#include "tokens/token_maker.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <utility>
#include <variant>

namespace json = boost::json;
using fibercast::verification_key;

fibercast::trusted_keys test_issuers::keys() const {
    fibercast::trusted_keys all;
    all.add(id, {verification_key::from_jwk(es256.jwk(R"(,"kid":"es")"))});
    all.add(id, {verification_key::from_pem(rs256.public_pem())});
    all.add(id, {verification_key::from_secret(hs256.secret())});
    all.add(id, {.key = verification_key::from_pem(publishes.public_pem()), .subscribe = false});
    all.add(other_id, {verification_key::from_pem(of_other.public_pem())});
    return all;
}

std::string test_header(std::string_view algorithm) {
    return R"({"alg":")" + std::string(algorithm) + R"(","typ":"at+jwt"})";
}

std::string test_claims() {
    return R"({"iss":"https://issuer.example","aud":")" + test_hub +
           R"(","sub":"somebody","client_id":"c","iat":1799999990,"jti":"1","exp":)" +
           std::to_string(test_now + 300) +
           R"(,"authorization_details":[{"type":"https://mercure.rocks/authorization-detail",)"
           R"("actions":["publish","subscribe"],"topics":[{"match":"news"},)"
           R"({"match":"https://example.com/books/:id","match_type":"urlpattern"}]}]})";
}

std::string with_member(std::string const& object, std::string_view name, std::string_view value) {
    auto parsed = json::parse(object).as_object();
    parsed[{name.data(), name.size()}] = json::parse({value.data(), value.size()});
    return json::serialize(parsed);
}

std::string without_member(std::string const& object, std::string_view name) {
    auto parsed = json::parse(object).as_object();
    parsed.erase({name.data(), name.size()});
    return json::serialize(parsed);
}

std::string with_one_more(std::string const& object, std::string_view member) {
    return object.substr(0, object.size() - 1) + ',' + std::string(member) + '}';
}

std::string signed_token(signing_key const& by, std::string const& header,
                         std::string const& claims) {
    auto const text = base64url(header) + '.' + base64url(claims);
    return text + '.' + base64url(by.sign(text));
}

std::string good_token(signing_key const& by) {
    return signed_token(by, test_header(name_of(by.algorithm())), test_claims());
}

std::string claims_with_details(std::string const& details) {
    return with_member(test_claims(), "authorization_details", details);
}

fibercast::verifier_options test_options() {
    fibercast::verifier_options settings;
    settings.rules.audience = test_hub;
    settings.hub_url = test_hub;
    settings.resource_metadata = test_metadata;
    return settings;
}

test_verifier::test_verifier(test_issuers const& of, fibercast::verifier_options settings)
    : keys(std::make_shared<fibercast::key_ring>(of.keys())) {
    if (settings.hub_url.empty()) settings = test_options();
    settings.clock = [at = now] {
        return std::chrono::sys_seconds(std::chrono::seconds(*at)) + std::chrono::milliseconds(500);
    };
    it = std::make_shared<fibercast::verifier const>(keys, std::move(settings));
}

std::shared_ptr<fibercast::grant const> test_verifier::verify(std::string const& token,
                                                              fibercast::token_role role) {
    auto const answer = it->verify(token, role);
    auto const* const found = std::get_if<std::shared_ptr<fibercast::grant const>>(&answer);
    return found == nullptr ? nullptr : *found;
}
