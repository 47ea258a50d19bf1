#include <fibercast/url/url_pattern.hpp>

#include "support/catch.hpp"

#include <stdexcept>
#include <string>
#include <vector>

using fibercast::parse_url;
using fibercast::url;
using fibercast::url_pattern;

namespace {

url const hub = *parse_url("https://hub.example.com/.well-known/mercure");

bool matches(url_pattern const& pattern, std::string const& topic) {
    auto const parsed = parse_url(topic, &hub);
    return parsed && pattern.matches(*parsed);
}

struct cases {
    std::string pattern;
    std::vector<std::string> matching;
    std::vector<std::string> others;
};

std::vector<cases> const table = {
    {"https://example.com/books/:id",
     {"https://example.com/books/1", "https://example.com/books/a-b?q#f",
      "https://EXAMPLE.com:443/books/1", "https://u:p@example.com/books/1",
      "https://example.com/x/../books/1", "https://example.com/books/%41"},
     {"https://example.com/books/", "https://example.com/books", "https://example.com/books/1/2",
      "https://example.com/Books/1", "http://example.com/books/1",
      "https://example.com:8443/books/1", "https://www.example.com/books/1", "books/1",
      "urn:books:1", "https://exa mple.com/books/1"}},
    {"https://example.com/users/42/*",
     {"https://example.com/users/42/", "https://example.com/users/42/a/b"},
     {"https://example.com/users/42", "https://example.com/users/421/a",
      "https://example.com/users/42/../43/a", "https://example.com/users/42/%2e%2E/43"}},
    {"/.well-known/mercure/subscriptions/exact/:topic/:subscriber",
     {"/.well-known/mercure/subscriptions/exact/foo/bar", "mercure/subscriptions/exact/a/b",
      "https://hub.example.com/.well-known/mercure/subscriptions/exact/https%3A%2F%2Fa/urn%3Ab"},
     {"/.well-known/mercure/subscriptions/urlpattern/foo/bar",
      "https://other.example.com/.well-known/mercure/subscriptions/exact/foo/bar",
      "/.well-known/mercure/subscriptions/exact/foo"}},
    {"books/:id",
     {"books/1", "/.well-known/books/1", "https://hub.example.com/.well-known/books/1"},
     {"/books/1", "https://example.com/books/1"}},
    {"?q=:x", {"?q=1", "mercure?q=a/b"}, {"?q=", "?r=1", "other?q=1"}},
    {"#:x", {"#a"}, {"", "#", "?q#a"}},
    {"*", {"a", "/.well-known/a/b"}, {"/a", "https://example.com/"}},
    {"https://example.com",
     {"https://example.com/", "https://example.com/a?b#c"},
     {"https://example.com:444/", "http://example.com/"}},
    {"https://example.com/",
     {"https://example.com/", "https://example.com/?b#c"},
     {"https://example.com/a"}},
    {"https://example.com?q",
     {"https://example.com/?q", "https://example.com/?q#f"},
     {"https://example.com/", "https://example.com/a?q"}},
    {"https://*.example.com/*",
     {"https://a.example.com/", "https://a.b.example.com/c"},
     {"https://example.com/", "https://a.example.org/"}},
    {"https://:sub.example.com/", {"https://a.example.com/"}, {"https://a.b.example.com/"}},
    {"https://{:sub.}?example.com/",
     {"https://a.example.com/", "https://example.com/"},
     {"https://a.b.example.com/", "https://aexample.com/"}},
    {"http{s}?://example.com/",
     {"http://example.com/", "https://example.com/"},
     {"ws://example.com/"}},
    {"http://example.com:80/",
     {"http://example.com/", "http://example.com:80/"},
     {"http://example.com:8080/"}},
    {"http://example.com:443/", {"http://example.com:443/"}, {"http://example.com/"}},
    {"https://example.com:*/", {"https://example.com/", "https://example.com:444/"}, {}},
    {"https://u\\:p@example.com/",
     {"https://u:p@example.com/"},
     {"https://example.com/", "https://u:q@example.com/"}},
    {":scheme://example.com/",
     {"http://example.com/", "foo://example.com/"},
     {"https://example.com/a"}},
    {"https://[\\:\\:1]/a", {"https://[::1]/a", "https://[0:0:0::1]/a"}, {"https://[::2]/a"}},
    {"urn\\:isbn\\:*", {"urn:isbn:0451450523", "urn:isbn:"}, {"urn:uuid:1", "URN2:isbn:1"}},
    {"urn\\:*", {"urn:a", "URN:b"}, {"a", "foo:urn:a"}},
    {"/a/:x?/b", {"/a/b", "/a/1/b"}, {"/a//b", "/a/1/2/b", "/ab"}},
    {"/a/:x*", {"/a", "/a/1", "/a/1/2/3"}, {"/a/", "/b", "/a/1//2"}},
    {"/a/:x+", {"/a/1", "/a/1/2"}, {"/a", "/a/"}},
    {"/a{/b/:x/c}*", {"/a", "/a/b/1/c", "/a/b/1/c/b/2/c"}, {"/a/b//c", "/a/b/1/c/b/2"}},
    {"/a{b}+c", {"/abc", "/abbbc"}, {"/ac"}},
    {"/:x(\\d+)", {"/12"}, {"/a", "/1a", "/"}},
    {"/:x([a-c]{2,3})", {"/ab", "/abc"}, {"/a", "/abca", "/AB"}},
    {"/(a|b)/(.*)", {"/a/", "/b/c/d"}, {"/c/", "/a"}},
    {"/:a-:b.txt", {"/1-2.txt", "/1-2-3.txt"}, {"/1.txt", "/1-/2.txt"}},
    {"/*.txt", {"/a.txt", "/a.txt/b.txt", "/.txt"}, {"/a.txt2", "/a.tx"}},
    {"/a{\\:}b\\*", {"/a:b*"}, {"/a:bc"}},
    {"/{a}{b}/:c", {"/ab/1"}, {"/a/1", "/b/1"}},
    {"/caf\xc3\xa9/ :x", {"/caf\xc3\xa9/ 1", "/caf%C3%A9/%201"}, {"/cafe/ 1", "/caf%c3%a9/%201"}},
    {"/a/../b/:x", {"/b/1", "/a/../b/1"}, {"/a/b/1"}},
    {"/a?b=:x", {"/a?b=1", "/a?b=1/2"}, {"/a", "/a?b="}},
    {"/:x\\?b", {"/a?b"}, {"/a", "/?b"}},
    {"", {"/.well-known/", "/.well-known/?q"}, {"", "a"}},
};

}  // namespace

TEST_CASE("a URL pattern matches component by component") {
    for (auto const& each : table) {
        url_pattern const pattern(each.pattern, hub);
        for (auto const& topic : each.matching) {
            INFO(each.pattern << " and " << topic);
            CHECK(matches(pattern, topic));
        }
        for (auto const& topic : each.others) {
            INFO(each.pattern << " and not " << topic);
            CHECK_FALSE(matches(pattern, topic));
        }
    }
}

TEST_CASE("what matches begins with the pattern's literal prefix") {
    std::vector<std::pair<std::string, std::string>> const prefixes = {
        {"https://example.com/books/:id", "https://example.com/books/"},
        {"https://example.com/books/a", "https://example.com/books/"},
        {"https://example.com/books/a:id", "https://example.com/books/"},
        {"https://example.com/books/:id?", "https://example.com/"},
        {"https://example.com/books{/:id}+", "https://example.com/books/"},
        {"https://example.com/a/(b|c)", "https://example.com/a/"},
        {"https://EXAMPLE.com:444/a/*", "https://example.com:444/a/"},
        {"https://example.com:*/a/*", "https:"},
        {"https://example.com", "https://"},
        {"https://*.example.com/a", "https:"},
        {"http{s}?://example.com/a/*", ""},
        {"/a/b/:c", "https://hub.example.com/a/b/"},
        {":c", "https://hub.example.com/.well-known/"},
        {"urn\\:isbn\\:*", "urn:"},
        {"file:///a/*", "file:/a/"},
    };
    for (auto const& [pattern, prefix] : prefixes) {
        INFO(pattern);
        CHECK(url_pattern(pattern, hub).literal_prefix() == prefix);
    }
    for (auto const& each : table) {
        auto const prefix = url_pattern(each.pattern, hub).literal_prefix();
        for (auto const& topic : each.matching) {
            INFO(each.pattern << " and " << topic);
            CHECK(parse_url(topic, &hub)->location().substr(0, prefix.size()) == prefix);
        }
    }
}

TEST_CASE("what is no pattern, or is not read alike everywhere, is refused") {
    for (std::string const text : {"/(",
                                   "/)(",
                                   "/a)(",
                                   "/{",
                                   "/{a",
                                   "/}",
                                   "/a++",
                                   "/:a/:a",
                                   "/{:a:b}",
                                   "/\\",
                                   "/(?:a)",
                                   "/((a))",
                                   "/(a(?<n>b))",
                                   "/(\\1)",
                                   "/(\\p{L})",
                                   "/(\\u0041)",
                                   "/(a(?=b))",
                                   "/(a(?!b))",
                                   "/([[a]b])",
                                   "/([a--b])",
                                   "/([a&&b])",
                                   "/([])",
                                   "/([a)",
                                   "/(a{1)",
                                   "/(a{,2})",
                                   "/(a])",
                                   "/(a**)",
                                   "/(\\Qa)",
                                   "/(a(?i)b)",
                                   "/([\\b])",
                                   "/(\xc3\xa9)",
                                   "/:\xc3\xa9",
                                   "/:a\xc3\xa9",
                                   "/([a-])",
                                   "/([:alpha:)])",
                                   "https://exa mple.com/",
                                   "https://b\xc3\xbc"
                                   "cher.example/",
                                   "https://example.com:99999/",
                                   "1a://example.com/",
                                   "https://[x]/",
                                   "/*a/../b",
                                   "/\xff"}) {
        INFO(text);
        CHECK_THROWS_AS(url_pattern(text, hub), std::invalid_argument);
    }
}

TEST_CASE("a pattern costs no more than the limits allow") {
    CHECK_THROWS_AS(url_pattern('/' + std::string(url_pattern::longest, 'a'), hub),
                    std::invalid_argument);
    CHECK_THROWS_AS(url_pattern("/([a-z]{1000}[a-z]{1000})", hub), std::invalid_argument);
    CHECK_THROWS_AS(url_pattern("/((?:(?:a{100}){100}){100})", hub), std::invalid_argument);
    CHECK_THROWS_AS(url_pattern("/((?:" + std::string(300, '.') + "){9})", hub),
                    std::invalid_argument);
}

TEST_CASE("patterns on which backtracking never ends are matched in linear time") {
    url_pattern const nested("/((?:a+)+)b", hub), wild("/*a*a*a*a*a*a*a*b", hub);
    url_pattern const names("/:a-:b-:c-:d-:e-:f-:g-:h.b", hub);
    auto const many = '/' + std::string(100'000, 'a'), dashes = '/' + std::string(100'000, '-');
    CHECK_FALSE(matches(nested, many));
    CHECK_FALSE(matches(wild, many));
    CHECK_FALSE(matches(names, dashes));
    CHECK(matches(nested, many + 'b'));
    CHECK(matches(wild, many + 'b'));
    CHECK(matches(names, dashes + ".b"));
}
