#include <fibercast/sse/topic.hpp>

#include "sse/topic_key.hpp"
#include "sse/topic_set.hpp"
#include "support/catch.hpp"

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

using fibercast::event_topic;
using fibercast::topic_key;
using fibercast::topic_set;

namespace {

topic_set about(std::vector<std::string> const& topics) {
    std::vector<event_topic> all;
    for (auto const& each : topics) all.push_back({each});
    return topic_set(std::move(all));
}

bool reaches(std::string const& pattern, std::vector<std::string> const& topics) {
    return about(topics).has(topic_key::of_pattern(pattern));
}

}  // namespace

TEST_CASE("a pattern reaches the topics that it says") {
    struct row {
        std::string pattern, topic;
        bool expected;
    };
    auto const [pattern, topic, expected] = GENERATE(
        row{"orders", "orders", true}, row{"orders", "order", false},
        row{"orders", "orders/7", false}, row{"orders/7", "orders/7", true},
        row{"orders/*", "orders/7", true}, row{"orders/*", "orders", false},
        row{"orders/*", "orders/", true}, row{"orders/*", "orders/7/items", false},
        row{"orders/*", "borders/7", false}, row{"orders/**", "orders/7", true},
        row{"orders/**", "orders/7/items", true}, row{"orders/**", "orders", false},
        row{"orders/7/*", "orders/7/items", true}, row{"orders/7/**", "orders/8/items", false},
        row{"*", "orders", true}, row{"*", "orders/7/items", true}, row{"/*", "/x", true},
        row{"/**", "/x/y", true}, row{"/*", "x", false}, row{"a*", "a*", true},
        row{"a*", "ab", false}, row{"*/b", "a/b", false}, row{"*/b", "*/b", true},
        row{"**", "a", false}, row{"**", "**", true}, row{"Größe/*", "Größe/7", true});
    CAPTURE(pattern, topic);
    CHECK(reaches(pattern, {topic}) == expected);
}

TEST_CASE("an event is found under each of its topics") {
    std::vector<std::string> const topics{"a/1", "b/2/3", "a/1"};
    for (auto const* const each : {"a/1", "a/*", "a/**", "b/2/3", "b/2/*", "b/**", "*"})
        CHECK(reaches(each, topics));
    for (auto const* const each : {"a/2", "b/*", "b/2", "c/**"}) CHECK_FALSE(reaches(each, topics));
    CHECK(about({"b", "a"}) == about({"a", "b", "a"}));
    CHECK_FALSE(about({"a"}) == topic_set({event_topic{"a", "A"}}));
}

TEST_CASE("a topic of nothing but slashes has one key for each") {
    std::string const slashes(fibercast::longest_topic, '/');
    CHECK(about({slashes}).keys().size() == slashes.size() + 3);
    CHECK(reaches(slashes.substr(1) + "**", {slashes}));
}

TEST_CASE("what is no topic is refused with a sentence") {
    using Catch::Matchers::Contains;
    auto const subscribed = [](std::string const& text) {
        return [text] { fibercast::check_subscribed_topic(text); };
    };
    auto const message = [](auto act) {
        try {
            act();
        } catch (std::invalid_argument const& refused) {
            return std::string(refused.what());
        }
        return std::string("taken");
    };
    CHECK_THAT(message(subscribed("")), Contains("empty"));
    CHECK_THAT(message(subscribed(std::string(1025, 'x'))), Contains("longer than 1024 bytes"));
    CHECK(message(subscribed(std::string(1024, 'x'))) == "taken");
    CHECK_THAT(message(subscribed("a\xff")), Contains("UTF-8"));
    for (auto const* const each : {"a\nb", "a\rb", "\x7f", "\xc2\x85", "\xe2\x80\xae", "\xc2\xad"})
        CHECK_THAT(message(subscribed(each)), Contains("control or format"));
    CHECK_THAT(message(subscribed(std::string("a\0b", 3))), Contains("control or format"));
    CHECK(message(subscribed("orders/*")) == "taken");
    for (auto const* const each : {"*", "a/*", "a/**"})
        CHECK_THAT(message([&] { fibercast::check_published_topic(each); }), Contains("pattern"));
    CHECK_THAT(message([] { about({}); }), Contains("at least one"));
    CHECK_THAT(message([] { about(std::vector<std::string>(101, "x")); }), Contains("100"));
    auto const spelled = [](std::size_t size) {
        return [size] { topic_set({event_topic{"x", std::string(size, '\xff')}}); };
    };
    CHECK(message(spelled(4096)) == "taken");
    CHECK_THAT(message(spelled(4097)), Contains("longer than 4096 bytes"));
}

TEST_CASE("what an exact topic looks like does not matter") {
    for (auto const* const each : {"*", "a/*", "a/**", "a/x"}) {
        CAPTURE(each);
        CHECK(about({each}).has(topic_key::of_topic(each)));
        CHECK_FALSE(about({"a/1"}).has(topic_key::of_topic(each)));
    }
    CHECK(reaches("a/*", {"a/*"}));
    CHECK(topic_key::of_topic("a/x") == topic_key::of_pattern("a/x"));
    CHECK_FALSE(topic_key::of_topic("a/*") == topic_key::of_pattern("a/*"));
}

TEST_CASE("the prefixes of both spellings lead to matchers, and those of the text to patterns") {
    topic_set const both({event_topic{"a/b/c", "X:/y/"}});
    for (auto const* const each : {"", "b", "a/", "a/b/", "a/b/rest", "X:/", "X:/y/", "X:/y/z"}) {
        CAPTURE(each);
        CHECK(both.has_prefix(topic_key::of_prefix(each)));
    }
    for (auto const* const each : {"a/b/c/", "b/", "/", "X:/z/", "y/"}) {
        CAPTURE(each);
        CHECK_FALSE(both.has_prefix(topic_key::of_prefix(each)));
    }
    CHECK(both.has(topic_key::of_pattern("a/b/*")));
    for (auto const* const each : {"X:/y/*", "X:/y/**", "X:/**", "X:/y/"}) {
        CAPTURE(each);
        CHECK_FALSE(both.has(topic_key::of_pattern(each)));
    }
}
