#include "sse/topic_index.hpp"

#include "sse/ending_matcher.hpp"
#include "sse/failing_memory.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <list>
#include <memory>
#include <new>
#include <string>
#include <utility>
#include <vector>

using fibercast::event_topic;
using fibercast::topic_index;
using fibercast::topic_info;
using fibercast::topic_place;
using fibercast::topic_set;
using fibercast::topic_subscribers_ptr;
using fibercast::topic_wish;
using texts = std::vector<std::string>;

namespace {

topic_wish pattern(std::string_view text) { return {fibercast::topic_key::of_pattern(text), text}; }

topic_wish by(matcher_ptr const& matcher) {
    return {fibercast::topic_key::of_matcher(matcher->name()), matcher->name(), matcher};
}

/// What subscribers are found by.
texts found(topic_index& in, std::vector<event_topic> topics) {
    std::vector<topic_subscribers_ptr> groups;
    in.append_subscribers(topic_set(std::move(topics)), groups);
    texts all;
    for (auto const& each : groups) all.push_back(each->text());
    std::sort(all.begin(), all.end());
    return all;
}

}  // namespace

TEST_CASE("the index finds who has subscribed, and forgets who leaves") {
    topic_index index;
    topic_place exact, segment, rest, all, other, again;
    index.add(exact, pattern("a/1"));
    index.add(segment, pattern("a/*"));
    index.add(rest, pattern("a/**"));
    index.add(all, pattern("*"));
    index.add(other, pattern("b"));
    index.add(again, pattern("a/1"));
    CHECK(index.size() == 5);
    CHECK(found(index, {{"a/1"}}) == texts{"*", "a/*", "a/**", "a/1"});
    CHECK(found(index, {{"a/1/x"}, {"b"}}) == texts{"*", "a/**", "b"});
    std::vector<topic_info> infos;
    index.append_topics(infos);
    CHECK(std::count_if(infos.begin(), infos.end(), [](topic_info const& each) {
              return each.topic == "a/1" && each.clients == 2;
          }) == 1);
    index.remove(exact);
    CHECK(found(index, {{"a/1"}}) == texts{"*", "a/*", "a/**", "a/1"});
    for (auto* const each : {&segment, &rest, &all, &other, &again}) index.remove(*each);
    index.remove(again);  // nothing happens
    CHECK(index.size() == 0);
    CHECK(found(index, {{"a/1"}}).empty());
}

TEST_CASE("who walks over subscribers may outlive the last of them") {
    topic_index index;
    topic_place one, other;
    index.add(one, pattern("a"));
    std::vector<topic_subscribers_ptr> groups;
    index.append_subscribers(topic_set({{"a"}}), groups);
    REQUIRE(groups.size() == 1);
    index.remove(one);
    CHECK(index.size() == 0);
    CHECK(groups.front()->all.empty());
    index.add(other, pattern("a"));  // another group of the same name
    CHECK(groups.front()->all.empty());
    CHECK(found(index, {{"a"}}).size() == 1);
    index.remove(other);
}

TEST_CASE("an event asks the matchers that its topics begin like, each once") {
    topic_index index;
    auto const ones = for_ending("a/b/", "1"), twos = for_ending("a/b/c", "2"),
               others = for_ending("b/", "1"), any = for_ending("", "1");
    std::list<topic_place> places(5);
    auto place = places.begin();
    for (auto const& each : {ones, twos, others, any}) index.add(*place++, by(each));
    auto const same = for_ending("a/b/", "1");
    index.add(*place, by(same));
    CHECK(index.size() == 4);

    CHECK(found(index, {{"a/b/x1"}, {"a/b/y1"}}) == texts{"ending  1", "ending a/b/ 1"});
    CHECK(ones->asked() == 1);  // the first topic is one of its
    CHECK(same->asked() == 0);  // another is its group's
    CHECK(twos->asked() == 0);  // nothing begins with all of its prefix
    CHECK(others->asked() == 0);
    CHECK(any->asked() == 1);
    CHECK(found(index, {{"a/b/c2"}}) == texts{"ending a/b/c 2"});
    CHECK(found(index, {{"a/x"}, {"b"}}).empty());
    CHECK(ones->asked() == 2);

    for (auto& each : places) index.remove(each);
    CHECK(index.size() == 0);
    CHECK(found(index, {{"a/b/x1"}}).empty());
}

TEST_CASE("a matcher sees a topic's other spelling, and nothing but that") {
    topic_index index;
    topic_place spelled, plain, below;
    auto const by_spelling = for_ending("X:/", "/Y"), by_text = for_ending("x/", "y");
    index.add(spelled, by(by_spelling));
    index.add(plain, by(by_text));
    index.add(below, pattern("X:/**"));
    CHECK(found(index, {{.text = "x/y", .spelling = "X:/x/Y"}}) == texts{"ending X:/ /Y"});
    CHECK(found(index, {{.text = "x/y"}}) == texts{"ending x/ y"});
    CHECK(found(index, {{.text = "X:/y/"}}) == texts{"X:/**"});
    CHECK(found(index, {{.text = "z", .spelling = "X:/x/Y"}, {.text = "x/y"}}) ==
          texts{"ending X:/ /Y", "ending x/ y"});
    for (auto* const each : {&spelled, &plain, &below}) index.remove(*each);
}

TEST_CASE("without the memory for a place nothing of it is in the index") {
    topic_index index;
    auto const matcher = for_ending("a/", "1");
    topic_place place;
    bool added = false;
    int number = 0;
    while (!added) {
        auto const refusing = failing_memory::at(++number);
        try {
            index.add(place, by(matcher));
            added = true;
        } catch (std::bad_alloc const&) {
            CHECK(index.size() == 0);
            CHECK_FALSE(place.in_roster());
        }
    }
    CHECK(number > 5);  // group, place, two tables and their rosters
    CHECK(found(index, {{"a/1"}}).size() == 1);
    index.remove(place);
}
