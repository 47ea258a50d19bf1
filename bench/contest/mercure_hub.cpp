#include "contest/mercure_hub.hpp"

#include "clients/signed_token.hpp"

#include <fmt/format.h>
#include <boost/algorithm/string/replace.hpp>
#include <boost/json.hpp>

#include <chrono>

namespace bench {
namespace {

namespace json = boost::json;

// Tokens name them; nobody looks whether they are there.
constexpr char const* hub_url = "https://hub.example/.well-known/mercure";
constexpr char const* issuer = "https://issuer.example";

constexpr std::chrono::hours token_life{12};

std::int64_t seconds_since_epoch(std::chrono::system_clock::time_point when) {
    return std::chrono::duration_cast<std::chrono::seconds>(when.time_since_epoch()).count();
}

}  // namespace

// Secret enough for a server on loopback, and of the least length that HS256 may have (RFC 7518,
// section 3.2).
mercure_hub::mercure_hub() : secret_(32, 's'), key_{secret_} {}

contestant mercure_hub::subscribed_by(contestant const& server, std::string const& query) const {
    auto who = server;
    if (who.url.ends_with('/')) who.url += ".well-known/mercure";
    who.url += '?' + query;
    who.greets = false;  // its clients are in when it answers
    if (who.command.empty()) return who;
    who.publish = "http://127.0.0.1:{admin}/publish";
    boost::algorithm::replace_all(who.command, "--admin off", "--admin 127.0.0.1:{admin}");
    who.command +=
        fmt::format(" --hub-url {} --issuer {} --jwt-key-file \"{}\" --mercure-subscriptions off",
                    hub_url, issuer, key_.path().string());
    return who;
}

std::string mercure_hub::token(std::string_view holder,
                               std::vector<std::string> const& topics) const {
    auto const now = std::chrono::system_clock::now();
    json::array matchers;
    for (auto const& topic : topics) matchers.emplace_back(json::object{{"match", topic}});
    json::object const detail{{"type", "https://mercure.rocks/authorization-detail"},
                              {"actions", json::array{"subscribe"}},
                              {"topics", matchers}};
    json::object const claims{{"iss", issuer},
                              {"aud", hub_url},
                              {"sub", holder},
                              {"exp", seconds_since_epoch(now + token_life)},
                              {"authorization_details", json::array{detail}}};
    return signed_token(R"({"alg":"HS256","typ":"at+jwt"})", json::serialize(claims), secret_);
}

}  // namespace bench
