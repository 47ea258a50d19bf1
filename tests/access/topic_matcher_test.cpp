#include <fibercast/access/topic_matcher.hpp>

#include "support/catch.hpp"

#include <stdexcept>
#include <string>

using fibercast::resolved_topic;
using fibercast::topic_matcher;

namespace {

fibercast::url const hub = *fibercast::parse_url("https://hub.example.com/.well-known/mercure");

bool matches(std::string const& match, std::string const& type, std::string const& topic) {
    return topic_matcher(match, type, hub).matches(resolved_topic(topic, hub));
}

}  // namespace

TEST_CASE("an exact matcher means one topic, byte for byte") {
    for (std::string const type : {"", "exact"}) {
        CHECK(matches("https://example.com/a", type, "https://example.com/a"));
        CHECK_FALSE(matches("https://example.com/a", type, "https://EXAMPLE.com/a"));
        CHECK_FALSE(matches("https://example.com/a", type, "https://example.com/%61"));
        CHECK_FALSE(matches("a", type, "https://hub.example.com/.well-known/a"));
        CHECK_FALSE(matches("/books/:id", type, "/books/1"));
        CHECK(matches("/books/:id", type, "/books/:id"));
        CHECK(matches("no URL: //", type, "no URL: //"));
        CHECK(matches("caf\xc3\xa9", type, "caf\xc3\xa9"));
        CHECK_FALSE(matches("caf\xc3\xa9", type, "cafe\xcc\x81"));
    }
}

TEST_CASE("a URL pattern means all topics that it matches, relative to the hub") {
    CHECK(matches("/books/:id", "urlpattern", "/books/1"));
    CHECK(matches("/books/:id", "urlpattern", "https://hub.example.com/books/1"));
    CHECK(matches("https://hub.example.com/.well-known/:x", "urlpattern", "bar"));
    CHECK_FALSE(matches("/books/:id", "urlpattern", "https://example.com/books/1"));
    // A topic that is no URL.
    CHECK_FALSE(matches(":x://*", "urlpattern", "http://"));
    CHECK_FALSE(matches("*://*", "urlpattern", "https://exa mple.com/"));
}

TEST_CASE("a star means all topics, whatever the type") {
    for (std::string const type : {"", "exact", "urlpattern"}) {
        for (std::string const topic : {"a", "https://example.com/", "*", "http://", "urn:x"})
            CHECK(matches("*", type, topic));
        CHECK(topic_matcher("*", type, hub).is_all());
    }
    CHECK_FALSE(topic_matcher("**", "", hub).is_all());
}

TEST_CASE("a matcher tells what it is") {
    topic_matcher const exact("a", "", hub), pattern("/a/:x", "urlpattern", hub);
    CHECK(exact.pattern() == nullptr);
    CHECK(exact.text() == "a");
    REQUIRE(pattern.pattern() != nullptr);
    CHECK(pattern.pattern()->literal_prefix() == "https://hub.example.com/a/");
    CHECK(pattern.text() == "/a/:x");
}

TEST_CASE("what is no matcher is refused") {
    for (std::string const type : {"Exact", "URLPattern", "regexp", "uritemplate", "*", " exact"}) {
        INFO(type);
        CHECK_THROWS_AS(topic_matcher("a", type, hub), std::invalid_argument);
        CHECK_THROWS_AS(topic_matcher("*", type, hub), std::invalid_argument);
    }
    for (std::string const type : {"", "urlpattern"}) {
        for (std::string const match : {"a\nb", "\x7f", "\xc2\x85", "a\xe2\x80\x8b", "\xff",
                                        "\xe2\x80\xae", "\xed\xa0\x80", "\x01*"}) {
            CHECK_THROWS_AS(topic_matcher(match, type, hub), std::invalid_argument);
        }
    }
    CHECK_THROWS_AS(topic_matcher("/(", "urlpattern", hub), std::invalid_argument);
}
