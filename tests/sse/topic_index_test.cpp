#include "sse/topic_index.hpp"

#include "support/catch.hpp"

#include <algorithm>
#include <string>
#include <vector>

using fibercast::topic_index;
using fibercast::topic_info;
using fibercast::topic_place;
using fibercast::topic_set;
using fibercast::topic_subscribers_ptr;

namespace {

/// The patterns under which subscribers are found.
std::vector<std::string> found(topic_index const& in, std::vector<std::string> const& topics) {
    std::vector<topic_subscribers_ptr> groups;
    in.append_subscribers(topic_set(topics), groups);
    std::vector<std::string> all;
    for (auto const& each : groups) all.push_back(each->pattern());
    std::sort(all.begin(), all.end());
    return all;
}

}  // namespace

TEST_CASE("the index finds who has subscribed, and forgets who leaves") {
    topic_index index;
    topic_place exact, segment, rest, all, other, again;
    index.add(exact, "a/1");
    index.add(segment, "a/*");
    index.add(rest, "a/**");
    index.add(all, "*");
    index.add(other, "b");
    index.add(again, "a/1");
    CHECK(index.size() == 5);
    CHECK(found(index, {"a/1"}) == std::vector<std::string>{"*", "a/*", "a/**", "a/1"});
    CHECK(found(index, {"a/1/x", "b"}) == std::vector<std::string>{"*", "a/**", "b"});
    std::vector<topic_info> infos;
    index.append_topics(infos);
    CHECK(std::count_if(infos.begin(), infos.end(), [](topic_info const& each) {
              return each.topic == "a/1" && each.clients == 2;
          }) == 1);
    index.remove(exact);
    CHECK(found(index, {"a/1"}) == std::vector<std::string>{"*", "a/*", "a/**", "a/1"});
    for (auto* const each : {&segment, &rest, &all, &other, &again}) index.remove(*each);
    index.remove(again);  // nothing happens
    CHECK(index.size() == 0);
    CHECK(found(index, {"a/1"}).empty());
}

TEST_CASE("who walks over subscribers may outlive the last of them") {
    topic_index index;
    topic_place one, other;
    index.add(one, "a");
    std::vector<topic_subscribers_ptr> groups;
    index.append_subscribers(topic_set({"a"}), groups);
    REQUIRE(groups.size() == 1);
    index.remove(one);
    CHECK(index.size() == 0);
    CHECK(groups.front()->all.empty());
    index.add(other, "a");  // another group of the same name
    CHECK(groups.front()->all.empty());
    CHECK(found(index, {"a"}).size() == 1);
    index.remove(other);
}
