#include <fibercast/access/topic_matcher.hpp>

#include "support/catch.hpp"

#include <stdexcept>
#include <string>
#include <string_view>

using fibercast::resolved_topic;
using fibercast::topic_matcher;

namespace {

fibercast::url const hub = *fibercast::parse_url("https://hub.example.com/.well-known/mercure");

bool selects(std::string_view selector, std::string_view topic) {
    return topic_matcher::from_selector(selector).matches(resolved_topic(topic, hub));
}

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

TEST_CASE("a selector of 0.x is a text, a URI Template and the text that this is, or all") {
    CHECK(selects("https://example.com/1", "https://example.com/1"));
    CHECK_FALSE(selects("https://example.com/1", "HTTPS://example.com/1"));
    CHECK(selects("https://example.com/{id}", "https://example.com/1"));
    CHECK(selects("https://example.com/{id}", "https://example.com/{id}"));
    CHECK_FALSE(selects("https://example.com/{id}", "https://example.com/1/2"));
    CHECK_FALSE(selects("https://example.com/{id}", "https://EXAMPLE.com/1"));
    CHECK(selects("https://example.com{/path*}{?q}", "https://example.com/a/b?q=1"));
    // Nothing is resolved: a relative topic is the text that it is.
    CHECK(selects("/books/{id}", "/books/1"));
    CHECK_FALSE(selects("/books/{id}", "https://hub.example.com/books/1"));
    CHECK_FALSE(selects("https://example.com/:id", "https://example.com/1"));
    CHECK(selects("no URL: {x}", "no URL: {x}"));
    CHECK(selects("*", "anything"));
    CHECK(topic_matcher::from_selector("*").is_all());
    CHECK_FALSE(selects("**", "anything"));
}

TEST_CASE("what looks like a URI Template and is none is just a text") {
    for (std::string_view const text : {"a{b", "a{}b", "{a b}", "{=a}", "{a:0}", "a}{b}", "%{a}"}) {
        INFO(text);
        CHECK(selects(text, text));
        CHECK_FALSE(selects(text, "a1"));
        CHECK(topic_matcher::from_selector(text).as_template() == nullptr);
    }
    CHECK_FALSE(selects("a{b", "a"));
}

TEST_CASE("a selector that is too dear to match is refused, and one of characters that none has") {
    for (std::string const text : {"{a:1000}", "a\nb", "\x7f", "{a}\xe2\x80\x8b", "\xff"})
        CHECK_THROWS_AS(topic_matcher::from_selector(text), std::invalid_argument);
}

TEST_CASE("a matcher tells what the texts of its topics begin with") {
    auto const prefix = [](std::string_view selector) {
        return std::string(topic_matcher::from_selector(selector).text_prefix());
    };
    CHECK(prefix("https://a/b/{x}/c") == "https://a/b/");
    CHECK(prefix("https://a/b") == "https://a/b");
    CHECK(prefix("a{b") == "a{b");
    CHECK(prefix("{x}a").empty());
    CHECK(prefix("*").empty());
    // The template's is %C3%A9 there, the text's is not.
    CHECK(prefix("a/\xc3\xa9/{x}") == "a/");
    CHECK(selects("a/\xc3\xa9/{x}", "a/\xc3\xa9/{x}"));
    CHECK(selects("a/\xc3\xa9/{x}", "a/%C3%A9/1"));
    CHECK(topic_matcher("a/b", "", hub).text_prefix() == "a/b");
    CHECK(topic_matcher("/a/:x", "urlpattern", hub).text_prefix().empty());
    CHECK(topic_matcher("*", "", hub).text_prefix().empty());
}

TEST_CASE("a selector tells what it is, and a matcher with a type is never a template") {
    auto const it = topic_matcher::from_selector("/a/{x}");
    REQUIRE(it.as_template() != nullptr);
    CHECK(it.pattern() == nullptr);
    CHECK(it.text() == "/a/{x}");
    CHECK_FALSE(it.is_all());
    CHECK(topic_matcher("/a/{x}", "", hub).as_template() == nullptr);
    CHECK_FALSE(matches("/a/{x}", "exact", "/a/1"));
    CHECK(topic_matcher("/a/{x}", "urlpattern", hub).as_template() == nullptr);
}
