#include <fibercast/access/credentials.hpp>

#include "support/catch.hpp"

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

using fibercast::request;
using source = fibercast::presented_token::source;

namespace {

using field_list = std::vector<std::pair<std::string, std::string>>;

request with(field_list const& list, std::string method = "GET") {
    fibercast::fields fields;
    for (auto const& [name, value] : list) fields.add(name, value);
    return {std::move(method), "/", std::move(fields)};
}

source source_of(field_list const& list, std::string_view cookie = "token") {
    auto const asked = with(list);
    return fibercast::token_of(asked, {.cookie = cookie}).from;
}

std::string text_of(field_list const& list) {
    auto const asked = with(list);
    return std::string(fibercast::token_of(asked, {.cookie = "token"}).text);
}

}  // namespace

TEST_CASE("a token comes in a field or in a cookie, and the field counts more") {
    CHECK(source_of({}) == source::nothing);
    CHECK(text_of({{"Authorization", "Bearer a.b-c_d~e+f/g=="}}) == "a.b-c_d~e+f/g==");
    CHECK(text_of({{"authorization", "bEARER   abc"}}) == "abc");
    CHECK(text_of({{"Cookie", "token=abc"}}) == "abc");
    CHECK(text_of({{"Cookie", "x=1; token=abc; y=2"}}) == "abc");
    CHECK(text_of({{"Cookie", "x=1;token=abc"}, {"Cookie", "y=2"}}) == "abc");
    CHECK(source_of({{"Cookie", "token=abc"}}) == source::cookie);
    CHECK(text_of({{"Cookie", "token=abc"}, {"Authorization", "Bearer def"}}) == "def");
    CHECK(source_of({{"Cookie", "token=abc"}, {"Authorization", "Bearer def"}}) == source::header);
    // Not even where the field has nothing that counts.
    CHECK(source_of({{"Cookie", "token=abc"}, {"Authorization", "Basic YTpi"}}) == source::nothing);
}

TEST_CASE("a cookie counts by its whole name, once, with a token in it") {
    for (std::string const cookies : {"x=1", "tokens=abc", "xtoken=abc", "Token=abc", "x=token=abc",
                                      "x=; y", "token", ";;", "__Secure-token=abc"}) {
        INFO(cookies);
        CHECK(source_of({{"Cookie", cookies}}) == source::nothing);
    }
    for (std::string const cookies :
         {"token=abc; token=abc", "token=abc; x=1; token=def", "token=", "token=\"abc\"",
          "token=a b", "token=a,b", "token=a%2eb", "token==", "token=abc; token=", "token=a=b"}) {
        INFO(cookies);
        CHECK(source_of({{"Cookie", cookies}}) == source::malformed);
    }
    CHECK(source_of({{"Cookie", "token=a"}, {"Cookie", "token=a"}}) == source::malformed);
    CHECK(source_of({{"Cookie", "=abc"}}, "") == source::nothing);
    CHECK(source_of({{"Cookie", "__Secure-mercure_access_token=abc"}},
                    fibercast::usual_token_cookie) == source::cookie);
}

TEST_CASE("a token in the query counts where it may be there, before the cookie") {
    auto const found = [](std::string const& query, field_list const& list = {}) {
        fibercast::fields fields;
        for (auto const& [name, value] : list) fields.add(name, value);
        request const asked("GET", "/?" + query, std::move(fields));
        auto const token = fibercast::token_of(asked, {.parameter = "auth", .cookie = "token"});
        return std::pair(token.from, std::string(token.text));
    };
    using result = std::pair<source, std::string>;
    CHECK(found("x=1&auth=a.b&y") == result(source::parameter, "a.b"));
    CHECK(found("auth=a.b", {{"Cookie", "token=c"}}) == result(source::parameter, "a.b"));
    CHECK(found("auth=a.b", {{"Authorization", "Bearer d"}}) == result(source::header, "d"));
    CHECK(found("Auth=a&xauth=b&auths=c", {{"Cookie", "token=c"}}) == result(source::cookie, "c"));
    for (std::string const query : {"auth=", "auth", "auth=a&auth=b", "auth=a%2Eb", "auth=a b"}) {
        INFO(query);
        CHECK(found(query).first == source::malformed);
    }
    request const elsewhere("GET", "/?auth=a.b");
    CHECK(fibercast::token_of(elsewhere).from == source::nothing);
}
