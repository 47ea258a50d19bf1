#include "mercure/wanted.hpp"
#include "support/catch.hpp"

#include <fibercast/http/request_error.hpp>

#include <optional>
#include <string>
#include <vector>

using fibercast::request;
using fibercast::status;
using fibercast::mercure::match_type;
using fibercast::mercure::read_wanted;
using fibercast::mercure::wanted_matcher;

namespace {

using matchers = std::vector<wanted_matcher>;

request asked(std::string const& query, std::optional<std::string> form = std::nullopt,
              std::string const& last = "") {
    fibercast::fields fields;
    if (form) fields.add("Content-Type", "application/x-www-form-urlencoded");
    if (!last.empty()) fields.add("Last-Event-ID", last);
    return request(form ? "QUERY" : "GET", "/.well-known/mercure" + query, fields,
                   form.value_or(""));
}

bool is_refused(std::string const& query, std::optional<std::string> form = std::nullopt) {
    try {
        read_wanted(asked(query, std::move(form)));
    } catch (fibercast::request_error const& wrong) {
        return wrong.status() == status::bad_request;
    }
    return false;
}

}  // namespace

TEST_CASE("a subscriber names matchers of any type, each of them once") {
    auto const all = read_wanted(
        asked("?match=a&match_urlpattern=https%3A%2F%2Fexample.com%2F%3Aid&match_exact=b&match=a"
              "&other=1&match=*"));
    CHECK(all.matchers == matchers{{match_type::exact, "a"},
                                   {match_type::urlpattern, "https://example.com/:id"},
                                   {match_type::exact, "b"},
                                   {match_type::exact, "*"}});
    CHECK_FALSE(all.last_event_id);
}

TEST_CASE("a subscriber that sends a form wants what is there and in the query") {
    auto const all = read_wanted(asked("?match=a&last_event_id=1", "match=b&last_event_id=2"));
    CHECK(all.matchers == matchers{{match_type::exact, "a"}, {match_type::exact, "b"}});
    CHECK(all.last_event_id == "1");
    CHECK(read_wanted(asked("", "match=b&last_event_id=2")).last_event_id == "2");
}

TEST_CASE("the field Last-Event-ID goes before the parameter") {
    CHECK(read_wanted(asked("?match=a&last_event_id=old", {}, "new")).last_event_id == "new");
    CHECK(read_wanted(asked("?match=a&last_event_id=old")).last_event_id == "old");
    CHECK_FALSE(read_wanted(asked("?match=a&lastEventID=old")).last_event_id);
}

TEST_CASE("the last id has the names that libraries give it") {
    using fibercast::mercure::protocol;
    CHECK(read_wanted(asked("?match=a&lastEventId=1")).last_event_id == "1");
    CHECK(read_wanted(asked("?match=a&lastEventId=1&last_event_id=2")).last_event_id == "2");
    for (auto const* const name :
         {"lastEventID", "last_event_id", "lastEventId", "Last-Event-ID"}) {
        auto const query = std::string("?topic=a&") + name + "=1";
        CHECK(read_wanted(asked(query), protocol::v0_x).last_event_id == "1");
    }
}

TEST_CASE("what only looks like a matcher is refused") {
    for (auto const* const name : {"Match", "MATCH", "match_", "match_EXACT", "match_uritemplate",
                                   "matcher", "match[]", "Match_Exact", "matches", "m%61tch_x"}) {
        INFO(name);
        CHECK(is_refused("?match=a&" + std::string(name) + "=x"));
        CHECK(is_refused("?match=a", std::string(name) + "=x"));
    }
    CHECK_FALSE(is_refused("?match=a&mat=x&amatch=x"));
}

TEST_CASE("matchers that break a rule are refused") {
    for (auto const* const value : {"", "a%00", "a%C2%80", "a%E2%80%8B", "%FF"}) {
        INFO(value);
        CHECK(is_refused("?match=" + std::string(value)));
    }
    CHECK(is_refused("?match"));
    CHECK(is_refused(""));
    CHECK(is_refused("?match=" + std::string(1'025, 'x')));
    CHECK_FALSE(is_refused("?match=" + std::string(1'024, 'x')));

    std::string many = "?match=a";
    for (int i = 1; i < 100; ++i) many += "&match=a" + std::to_string(i);
    CHECK_FALSE(is_refused(many + "&match=a"));
    CHECK(is_refused(many + "&match=b"));
}
