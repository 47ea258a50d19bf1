#include <fibercast/datastar/read_signals.hpp>
#include <fibercast/http/request_error.hpp>

#include "support/catch.hpp"

#include <boost/json/serialize.hpp>

#include <map>
#include <string>
#include <vector>

using fibercast::request;
using fibercast::status;
using fibercast::datastar::read_signals;
using fibercast::datastar::signals;

namespace {

request asking(std::string const& method, std::string const& query) {
    return request(method, "/?" + query);
}

request sending(std::string const& method, std::string const& body,
                std::string const& type = "application/json") {
    fibercast::fields fields;
    if (!type.empty()) fields.add("Content-Type", type);
    return request(method, "/", fields, body);
}

std::string text(request const& asked) {
    return boost::json::serialize(read_signals(asked).json());
}

/// The status with which a request is refused; `ok`: it is not.
status refusal(request const& asked) {
    try {
        read_signals(asked);
    } catch (fibercast::request_error const& wrong) {
        return wrong.status();
    }
    return status::ok;
}

template <typename F>
status refusal_of(F function) {
    try {
        function();
    } catch (fibercast::request_error const& wrong) {
        return wrong.status();
    }
    return status::ok;
}

signals some() {
    return read_signals(sending("POST", R"({"user": {"name": "Ann", "age": 7, "none": null},
        "ratio": 0.5, "on": true, "list": [1, 2], "counts": {"a": 1}, "big": 3000000000})"));
}

}  // namespace

TEST_CASE("GET and DELETE have their signals in the query, other methods in the body") {
    for (std::string const method : {"GET", "DELETE"})
        CHECK(text(asking(method, "a=b&datastar=%7B%22x%22:1,%22y%22:%22a+b%22%7D")) ==
              R"({"x":1,"y":"a b"})");
    for (std::string const method : {"POST", "PUT", "PATCH", "DELETE"})
        CHECK(text(sending(method, R"( {"x": "é"} )")) == R"({"x":"é"})");
}

TEST_CASE("who asks without signals has none") {
    CHECK(text(asking("GET", "")) == "{}");
    CHECK(text(asking("DELETE", "x=1")) == "{}");
}

TEST_CASE("a body is JSON by its type, in any spelling of that") {
    CHECK(text(sending("POST", "{}", "Application/JSON ; charset=utf-8")) == "{}");
    for (std::string const type : {"", "text/plain", "application/x-www-form-urlencoded",
                                   "application/jsonp", "text/plain; application/json"})
        CHECK(refusal(sending("POST", "{}", type)) == status::unsupported_media_type);
    fibercast::fields fields;
    fields.add("Content-Type", "application/json");
    fields.add("Content-Encoding", "gzip");
    CHECK(refusal(request("POST", "/", fields, "{}")) == status::unsupported_media_type);
}

TEST_CASE("what is no JSON object is a bad request") {
    auto const bad = GENERATE(as<std::string>(), "", " ", "{", "{}{}", "[]", "\"text\"", "null",
                              "1", "{'a':1}", "{\"a\":1,}", "{\"a\":\"\xff\"}", "{\"a\":NaN}");
    CAPTURE(bad);
    CHECK(refusal(sending("POST", bad)) == status::bad_request);
}

TEST_CASE("a query's signals must be JSON too") {
    for (std::string const query : {"datastar=", "datastar", "datastar=%7B", "datastar=[1]",
                                    "datastar=%7B%7", "datastar=nul"})
        CHECK(refusal(asking("GET", query)) == status::bad_request);
}

TEST_CASE("JSON of any depth is refused before it costs a stack") {
    std::string const deep = "{\"a\":" + std::string(100'000, '[');
    CHECK(refusal(sending("POST", deep)) == status::bad_request);
}

TEST_CASE("a signal is had by its path, as what it is") {
    auto const all = some();
    CHECK(all.get<std::string>("user.name") == "Ann");
    CHECK(all.get<int>("user.age") == 7);
    CHECK(all.get<double>("user.age") == 7.0);
    CHECK(all.get<double>("ratio") == 0.5);
    CHECK(all.get<bool>("on"));
    CHECK(all.get<std::vector<int>>("list") == std::vector<int>{1, 2});
    CHECK(all.get<std::map<std::string, int>>("counts") == std::map<std::string, int>{{"a", 1}});
    CHECK(all.get<boost::json::object>("user").size() == 3);
    CHECK(all.find<std::string>("user.name") == "Ann");
}

TEST_CASE("a signal that is not there, or is another, is the page's mistake") {
    auto const all = some();
    for (std::string const path : {"", ".", "other", "user.", "user.other", "user.name.first",
                                   ".user", "user..name", "list.0"}) {
        CAPTURE(path);
        CHECK(refusal_of([&] { all.get<int>(path); }) == status::bad_request);
        CHECK(all.find<int>(path) == std::nullopt);
    }
    CHECK(refusal_of([&] { all.get<int>("user.name"); }) == status::bad_request);
    CHECK(refusal_of([&] { all.get<int>("ratio"); }) == status::bad_request);
    CHECK(refusal_of([&] { all.get<int>("big"); }) == status::bad_request);
    CHECK(refusal_of([&] { all.get<std::string>("user.none"); }) == status::bad_request);
    CHECK(refusal_of([&] { all.find<std::string>("on"); }) == status::bad_request);
    CHECK(all.find<std::string>("user.none") == std::nullopt);
}
