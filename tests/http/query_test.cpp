#include <fibercast/http/query.hpp>
#include <fibercast/http/request_error.hpp>

#include "support/catch.hpp"

#include <string>
#include <string_view>
#include <vector>

using fibercast::parameters;
using fibercast::request;
using fibercast::status;

namespace {

/// `name=value` for each, in order.
std::vector<std::string> pairs(parameters const& of) {
    std::vector<std::string> all;
    for (auto const& [name, value] : of) all.push_back(name + "=" + value);
    return all;
}

request form(std::string const& body, std::string const& type) {
    fibercast::fields fields;
    if (!type.empty()) fields.add("Content-Type", type);
    return request("POST", "/", fields, body);
}

}  // namespace

TEST_CASE("a query's parameters are decoded and keep their order") {
    using list = std::vector<std::string>;
    CHECK(pairs(parameters("a=1&b=two+words&a=%33")) == list{"a=1", "b=two words", "a=3"});
    CHECK(pairs(parameters("a&b=&=c")) == list{"a=", "b=", "=c"});
    CHECK(pairs(parameters("a=b=c")) == list{"a=b=c"});
    CHECK(pairs(parameters("a%3D%26=%26")) == list{"a=&=&"});
    CHECK(pairs(parameters("ids[]=1&x={|}")) == list{"ids[]=1", "x={|}"});
    CHECK(pairs(parameters("&&a=1&")) == list{"a=1"});
    CHECK(pairs(parameters("q=%C3%A4\xc3\xa4")) == list{"q=\xc3\xa4\xc3\xa4"});
    CHECK(pairs(parameters("plus=%2B")) == list{"plus=+"});
    CHECK(parameters("").size() == 0);
}

TEST_CASE("a parameter is found by its name") {
    parameters const all("a=1&b&a=2");
    CHECK(all.first("a") == "1");
    CHECK(all.first("b") == "");
    CHECK_FALSE(all.first("c"));
    CHECK(all.has("b"));
    CHECK_FALSE(all.has("A"));
    CHECK(all.all("a") == std::vector<std::string_view>{"1", "2"});
    CHECK(all.all("c").empty());
}

TEST_CASE("a query has so many parameters, and no more") {
    std::string all = "a=1";
    while (parameters(all).size() < parameters::most) all += "&a=1";
    CHECK_NOTHROW(parameters(all + "&&"));
    CHECK_THROWS_AS(parameters(all + "&b"), fibercast::request_error);
    CHECK_THROWS_AS(parameters(all + "&b", fibercast::stray_percent::literal),
                    fibercast::request_error);
}

TEST_CASE("a broken percent-encoding is the request's fault") {
    for (auto const* query : {"a=%", "a=%4", "a=%4g", "%zz=1", "ok=1&a=%%"}) {
        INFO(query);
        request const asked("GET", std::string("/?") + query);
        try {
            query_params(asked);
            FAIL("it was taken");
        } catch (fibercast::request_error const& error) {
            CHECK(error.status() == status::bad_request);
        }
    }
}

TEST_CASE("a query and a form are read from the request") {
    CHECK(query_params(request("GET", "/x?a=1")).first("a") == "1");
    CHECK(query_params(request("GET", "/x")).size() == 0);
    for (auto const* type :
         {"application/x-www-form-urlencoded", "Application/X-WWW-form-urlencoded ; charset=UTF-8"})
        CHECK(form_params(form("text=hello+there", type)).first("text") == "hello there");
}

TEST_CASE("a body of another type is no form") {
    for (auto const* type : {"", "text/plain", "multipart/form-data; boundary=x"}) {
        try {
            form_params(form("a=1", type));
            FAIL("it was taken");
        } catch (fibercast::request_error const& error) {
            CHECK(error.status() == status::unsupported_media_type);
        }
    }
}

TEST_CASE("a form that is encoded is none that is understood") {
    fibercast::fields fields;
    fields.add("Content-Type", "application/x-www-form-urlencoded");
    fields.add("Content-Encoding", "gzip");
    fibercast::request const asked("POST", "/", std::move(fields), "a=1");
    CHECK_THROWS_AS(form_params(asked), fibercast::request_error);
}

TEST_CASE("a stray percent sign is refused, or itself as browsers read it") {
    using fibercast::parameters, fibercast::stray_percent;
    parameters const read("a=100%&b=%zz+%41%2&%=%%20", stray_percent::literal);
    CHECK(read.first("a") == "100%");
    CHECK(read.first("b") == "%zz A%2");
    CHECK(read.first("%") == "% ");
    CHECK_THROWS_AS(parameters("a=100%"), fibercast::request_error);
}
