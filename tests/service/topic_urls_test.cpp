#include <fibercast/service/topic_urls.hpp>

#include "support/catch.hpp"

#include <fibercast/sse/topic.hpp>

#include <stdexcept>
#include <string>
#include <vector>

using fibercast::event_topic;
using fibercast::is_reserved;
using fibercast::parse_url;
using fibercast::url;
using fibercast::url_of;
using fibercast::url_pattern;
using fibercast::url_spelling;

namespace {

url const hub = parse_url("https://hub.example.com/.well-known/mercure").value();

/// As an event carries it.
std::string spelled(std::string const& topic) {
    return event_topic{topic, url_spelling(topic, hub)}.as_matched();
}

/// As text, for URLs whose host may be empty or missing: patterns do not tell the two apart.
std::string without_empty_host(std::string href) {
    auto const at = href.find(":///");
    return at == href.npos ? href : href.erase(at + 1, 2);
}

}  // namespace

TEST_CASE("what a topic is as a URL comes back from its spelling") {
    for (std::string const topic :
         {"https://example.com/books/1", "HTTPS://Example.COM:443/a/../b?q=1#f", "books/1", "/x",
          "https://me:secret@example.com/a", "https://me@example.com/a?b", "urn:isbn:1 2", "?a",
          "file:///a/b", "a:/.//b/c", "a:///b", "mailto:me@example.com", "https://example.com/%6d",
          "https://example.com/\xc3\xa9", "https://[::1]:8080/", "//other.example.com/x"}) {
        INFO(topic);
        auto const expected = parse_url(topic, &hub).value();
        auto const text = spelled(topic);
        CHECK(text.starts_with(expected.location()));
        auto const found = url_of(text);
        REQUIRE(found);
        CHECK(without_empty_host(found->href()) == without_empty_host(expected.href()));
    }
}

TEST_CASE("a topic that is no URL has no spelling, and is none") {
    for (std::string const topic : {"https://[bad", "https://a b/", "https://example.com:99999/"}) {
        INFO(topic);
        CHECK(url_spelling(topic, hub).empty());
        CHECK_FALSE(url_of(topic));
    }
}

TEST_CASE("the longest topic has a spelling that the hub takes") {
    auto const far = parse_url(hub.origin() + '/' + std::string(480, 'a') + "/mercure").value();
    std::string const longest = '\x01' + std::string(fibercast::longest_topic - 1, '"');
    CHECK(url_spelling(longest.substr(1), far).size() <= fibercast::longest_spelling);
    CHECK_NOTHROW(fibercast::spelled_as_urls(far));
    auto const too_far = parse_url(hub.origin() + '/' + std::string(500, 'a')).value();
    CHECK_THROWS_AS(fibercast::spelled_as_urls(too_far), std::invalid_argument);
}

TEST_CASE("the last topics are kept as URLs, and others do not get theirs") {
    std::vector<std::string> topics;
    for (int i = 0; i < 20; ++i) topics.push_back("https://example.com/" + std::to_string(i));
    for (int round = 0; round < 3; ++round) {
        for (auto const& each : topics) CHECK(url_of(each)->href() == each);
        CHECK(url_of(topics.front())->href() == topics.front());
        CHECK_FALSE(url_of(""));
    }
    std::vector<event_topic> const first = {{"a"}, {"books/1", spelled("books/1")}};
    CHECK(fibercast::resolved(first)[1].as_url->href() ==
          "https://hub.example.com/.well-known/books/1");
    CHECK(fibercast::resolved(first)[0].text == "a");
    std::vector<event_topic> const second = {{"https://example.com/1"}};
    REQUIRE(fibercast::resolved(second).size() == 1);
    CHECK(fibercast::resolved(second)[0].as_url->href() == "https://example.com/1");
}

TEST_CASE("what is below the hub's own path is reserved, however it is written") {
    for (std::string const topic :
         {"/.well-known/mercure", "/.well-known/mercure/", "/.well-known/mercure/subscriptions/x",
          "https://hub.example.com/.well-known/mercure/x", "ftp://else.example/.well-known/mercure",
          "/.well-known/%6Dercure/x", "/.well-known/mercure/../mercure/x", "mercure", "./mercure/x",
          "/.well-known/%2e/mercure", "/a/%2E%2E/.well-known/mercure", "\\.well-known\\mercure\\x",
          "/.well-known/mercure?x", "/.well-known/mercure#x", "?x", "#x", "//x/.well-known/mercure",
          "/.%77ell-known/mercure/a", "a:/.well-known/mercure/x",
          // A host of other characters than ASCII's is one to browsers.
          "https://b\xc3\xbc\x63her.example/.well-known/mercure/x",
          "  //b\xc3\xbc/.well-known/mercure", "//\xc3\x9f.de/.well-known/mercure",
          "http:b%C3%BC.example/.well-known/%6Dercure",
          "https:/\\b\xc3\xbc:8/x/../.well-known/mercure"}) {
        INFO(topic);
        CHECK(is_reserved(topic, hub));
    }
    for (std::string const topic :
         {"/.well-known/mercurex", "/.well-known/Mercure", "news", "https://[bad", "mercure-x",
          "https://hub.example.com/", "/.well-known/mercure%2Fx", "/.well-known/mercure/../x",
          "a:.well-known/mercure", "https://b\xc3\xbc\x63her.example/news", "https://b\xc3\xbc",
          "https://[b/.well-known/mercure"}) {
        INFO(topic);
        CHECK_FALSE(is_reserved(topic, hub));
    }
}
