#include <fibercast/sse/topic.hpp>

#include "sse/topic_key.hpp"
#include "sse/topic_set.hpp"
#include "support/catch.hpp"

#include <stdexcept>
#include <string>
#include <vector>

using fibercast::topic_key;
using fibercast::topic_set;

namespace {

bool reaches(std::string const& pattern, std::vector<std::string> const& topics) {
    return topic_set(topics).has(topic_key::of_pattern(pattern));
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
    CHECK(topic_set({"b", "a"}) == topic_set({"a", "b", "a"}));
}

TEST_CASE("a topic of nothing but slashes has one key for each") {
    std::string const slashes(fibercast::longest_topic, '/');
    CHECK(topic_set({slashes}).keys().size() == slashes.size() + 3);
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
    CHECK_THAT(message([] { topic_set({}); }), Contains("at least one"));
    CHECK_THAT(message([] { topic_set(std::vector<std::string>(101, "x")); }), Contains("100"));
}
