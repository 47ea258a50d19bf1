#include <fibercast/url/url_pattern.hpp>

#include "support/catch.hpp"
#include "support/chance.hpp"

#include <map>
#include <string>
#include <vector>

using fibercast::parse_url;
using fibercast::url_pattern;

namespace {

/// The same groups, as regular expressions of the pattern's own, which are RE2's.
std::string by_expressions(std::vector<std::string> const& pieces) {
    std::map<std::string, std::string> const groups = {{"{:}", "((?:[^\\/]+))"}, {"*", "((?:.*))"}};
    std::string text;
    for (auto const& each : pieces) {
        auto const found = groups.find(each);
        text += found == groups.end() ? each : found->second;
    }
    return text;
}

std::string by_wildcards(std::vector<std::string> const& pieces) {
    std::string text;
    int names = 0;
    for (auto const& each : pieces) {
        // A star behind a group would be its modifier, and a letter behind a name a part of it.
        if (each == "{:}")
            text += ":n" + std::to_string(names++) + "{}";
        else
            text += each == "*" ? "(.*)" : each;
    }
    return text;
}

}  // namespace

TEST_CASE("wildcards match what the expressions match that they stand for") {
    auto const hub = *parse_url("https://hub.example.com/.well-known/mercure");
    chance random(7);
    std::vector<std::string> const of_patterns = {"/", "/", "a", "b", "ab", "{:}", "{:}", "*"};
    std::vector<std::string> const of_topics = {"/", "/", "a", "b", "ab", "c"};
    std::size_t matches = 0;
    for (int i = 0; i < 5000; ++i) {
        auto const pieces = random.some_of(of_patterns, 1);
        url_pattern const wild('/' + by_wildcards(pieces), hub);
        url_pattern const expressions('/' + by_expressions(pieces), hub);
        for (int n = 0; n < 5; ++n) {
            std::string topic = "https://hub.example.com/";
            for (auto const& each : random.some_of(of_topics, 0)) topic += each;
            auto const parsed = parse_url(topic);
            REQUIRE(parsed);
            bool const both = wild.matches(*parsed);
            INFO(by_wildcards(pieces) << " and " << topic);
            REQUIRE(both == expressions.matches(*parsed));
            if (both) REQUIRE(parsed->location().starts_with(wild.literal_prefix()));
            matches += both ? 1 : 0;
        }
    }
    CHECK(matches > 2000);
}
