#include "service/outgoing.hpp"

#include "service/event_json.hpp"

#include "support/catch.hpp"

#include <stdexcept>
#include <string>

using namespace fibercast;
namespace {

event_fields fields_of(std::string data) {
    event_fields made;
    made.data = std::move(data);
    return made;
}

/// What is wrong with it.
std::string complaint(event_fields const& of) {
    try {
        checked(of);
        return "nothing";
    } catch (std::invalid_argument const& wrong) {
        return wrong.what();
    }
}

std::string of_id(std::string id) {
    auto all = fields_of("x");
    all.id = std::move(id);
    return complaint(all);
}

std::string of_type(std::string type) {
    auto all = fields_of("x");
    all.type = std::move(type);
    return complaint(all);
}

std::string of_json(std::string_view text) {
    try {
        return complaint(event_from_json(text));
    } catch (std::invalid_argument const& wrong) {
        return wrong.what();
    }
}

}  // namespace

TEST_CASE("all that a publisher may say of an event goes into it") {
    auto all = fields_of("two\nlines");
    all.topics = {"a", "b/c"};
    all.type = "news";
    all.id = "7";
    all.retry = 1'500;
    auto const made = checked(all);
    CHECK(made.topics == std::vector<std::string>{"a", "b/c"});
    CHECK(made.what.encode() == "event: news\nid: 7\nretry: 1500\ndata: two\ndata: lines\n\n");
}

TEST_CASE("a publisher's id is printable, short, and none that only the server gives") {
    for (auto const* id : {"7", "a b", "grüße", "epoch-1", "Earliest"})
        CHECK(of_id(id) == "nothing");
    CHECK(of_id(std::string(64, 'x')) == "nothing");
    CHECK_THAT(of_id(std::string(65, 'x')), EndsWith("is longer than 64 bytes"));
    CHECK(of_id("") == "the id must not be empty");
    CHECK(of_id("#abcdef-1") ==
          "the id '#abcdef-1' begins with '#', as only the server's own ids do");
    CHECK(of_id("earliest") == "the id 'earliest' is what clients say for all that is kept");
    for (auto const* id : {"a\nb", "a\rb", "a\tb", "\x7f",
                           "a\xe2\x80\xae"
                           "b"})
        CHECK_THAT(of_id(id), EndsWith("has a control or format character"));
    CHECK_THAT(of_id(std::string("a\0b", 3)), EndsWith("has a control or format character"));
    CHECK_THAT(of_id("\xff"), EndsWith("is no UTF-8"));
}

TEST_CASE("an event type is printable, and none that only the server has") {
    CHECK(of_type("news") == "nothing");
    CHECK(of_type("fibercast") == "nothing");
    CHECK(of_type("fibercast.gap") == "the event type 'fibercast.gap' is the server's own");
    CHECK(of_type("mercure") == "the event type 'mercure' is the server's own");
    CHECK(of_type("") == "the event type must not be empty");
    CHECK_THAT(of_type("a\ndata: x"), EndsWith("has a control or format character"));
    CHECK_THAT(of_type(std::string(257, 'x')), EndsWith("is longer than 256 bytes"));
}

TEST_CASE("topics, data and retry are checked, too") {
    auto all = fields_of("x");
    all.topics.assign(100, "a");
    CHECK(complaint(all) == "nothing");
    all.topics.emplace_back("b");
    CHECK(complaint(all) == "an event has at most 100 topics");
    all.topics = {"orders/*"};
    CHECK_THAT(complaint(all), ContainsSubstring("is a pattern"));
    CHECK(complaint(fields_of("\xc3")) == "the data is no UTF-8");
    CHECK(complaint({}) == "there is no data");
    all = fields_of("");
    CHECK(complaint(all) == "nothing");
    all.retry = -1;
    CHECK(complaint(all) == "retry: -1 is no number of milliseconds from 0 to 86400000");
    CHECK(parse_retry("0") == 0);
    for (auto const* text : {"", "x", "1s", "-1", "86400001", "99999999999999999999"})
        CHECK_THROWS_AS(parse_retry(text), std::invalid_argument);
}

TEST_CASE("an event can be an object of JSON") {
    auto const read = event_from_json(
        R"({"topics":["a","b"],"data":"gr\u00fc\u00dfe\n","event":"news","id":"7","retry":5})");
    CHECK(read.topics == std::vector<std::string>{"a", "b"});
    CHECK(read.data == "grüße\n");
    CHECK(read.type == "news");
    CHECK(read.id == "7");
    CHECK(read.retry == 5);
    CHECK(of_json(R"( {"data":""} )") == "nothing");
}

TEST_CASE("JSON that is no event is said in a sentence") {
    CHECK_THAT(of_json(""), StartsWith("this is no JSON: "));
    CHECK_THAT(of_json(R"({"data":"x"} x)"), StartsWith("this is no JSON: "));
    CHECK_THAT(of_json(R"({"data":"x")"), StartsWith("this is no JSON: "));
    CHECK_THAT(of_json("{\"data\":\"\xff\"}"), StartsWith("this is no JSON: "));
    CHECK_THAT(of_json(std::string(100'000, '[')), StartsWith("this is no JSON: "));
    CHECK(of_json(R"({"data":"1","event":"a","data":"2"})") == "'data' is given twice");
    CHECK(of_json(R"({"id":"1","data":"2","\u0069d":"1"})") == "'id' is given twice");
    CHECK(of_json("[]") == "this is no JSON object");
    CHECK(of_json("7") == "this is no JSON object");
    CHECK(of_json(R"({})") == "there is no data");
    CHECK(of_json(R"({"data":{"a":1}})") == "'data' is no string");
    CHECK(of_json(R"({"data":"x","topics":"a"})") == "'topics' is no array of strings");
    CHECK(of_json(R"({"data":"x","topics":[1]})") == "'topics' is no string");
    CHECK(of_json(R"({"data":"x","retry":1.5})") == "'retry' is no number of milliseconds");
    CHECK(of_json(R"({"price":7})") ==
          "an event has no 'price', but topics, data, event, id, retry and private; JSON that is "
          "the data itself is sent as text/plain");
    for (auto const* const value : {"1", "\"on\"", "null"}) {
        CHECK(of_json(R"({"data":"x","topics":["a"],"private":)" + std::string(value) + '}') ==
              "'private' is neither true nor false");
    }
}

TEST_CASE("an event with topics may be private, and a broadcast may not") {
    auto all = fields_of("x");
    all.is_private = true;
    CHECK(complaint(all) == "a broadcast goes to all clients and is not private");
    all.topics = {"a"};
    CHECK(checked(all).is_private);
    all.is_private = false;
    CHECK_FALSE(checked(all).is_private);
    CHECK(event_from_json(R"({"data":"x","private":true})").is_private == true);
    CHECK(event_from_json(R"({"data":"x","private":false})").is_private == false);
    CHECK_FALSE(event_from_json(R"({"data":"x"})").is_private.has_value());
}
