#include <fibercast/url/uri_template.hpp>

#include "support/catch.hpp"
#include "url/template_expander.hpp"

#include <initializer_list>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

using fibercast::uri_template;

namespace {

using texts = std::initializer_list<std::string_view>;

void check(std::string_view text, texts matching, texts others) {
    uri_template const it(text);
    for (auto const each : matching) {
        INFO(text << " and " << each);
        CHECK(it.matches(each));
        CHECK(each.starts_with(it.literal_prefix()));
    }
    for (auto const each : others) {
        INFO(text << " and not " << each);
        CHECK_FALSE(it.matches(each));
    }
}

}  // namespace

TEST_CASE("a value has no reserved characters but encoded ones") {
    check(
        "https://a/books/{id}",
        {"https://a/books/1", "https://a/books/", "https://a/books/a.b-c_d~e",
         "https://a/books/%2F", "https://a/books/1,2", "https://a/books/%2f",
         "https://a/books/%C3%A9", "https://a/books/%FF"},
        {"https://a/books/1/2", "https://a/books/1?q", "https://a/books", "https://a/books/%2",
         "https://a/books/%", "https://a/books/ ", "https://a/books/\xc3\xa9", "HTTPS://a/books/1",
         "https://a/books/%41", "https://a/books/%7E", "https://a/books/1\n"});
    check("https://a/{x}/b/{y}", {"https://a/1/b/2", "https://a//b/", "https://a/%2F,1/b/"},
          {"https://a/1/b", "https://a/1/2/b/3", "https://a/1/b/2/", "https://a/%41/b/2",
           "https://a/"});
    check("{x}/", {"/", "1/"}, {"", "1", "1/2", "//"});
    check("https://a/{x}/{y}.json", {"https://a/1/2.json", "https://a//.json"},
          {"https://a/1.json"});
}

TEST_CASE("each byte matches as the expander makes it, and in no other way") {
    // The first is matched directly, the others are by RE2.
    for (std::string_view const text : {"{x}", "{x,y}", "{x:1}", "{.x}"}) {
        uri_template const it(text);
        std::string const first = text.starts_with("{.") ? "." : "";
        for (int byte = 0; byte < 256; ++byte) {
            std::string const value(1, static_cast<char>(byte));
            auto const plain = first + value, encoded = first + triplets(value);
            INFO(text << " and " << encoded);
            auto const made = expanded(text, {{"x", value}});
            CHECK(it.matches(encoded) == (made == encoded));
            // It is between the values of a list.
            if (value != ",") CHECK(it.matches(plain) == (made == plain));
        }
    }
}

TEST_CASE("with a plus or a hash a value keeps reserved characters, and what is encoded in it") {
    check("{+x}", {"", "a/b?c#d[e]@!$&'()*+,;=", "%41%FF"}, {"%4", " ", "<", "\xc3\xa9"});
    check("a{#x}", {"a", "a#", "a#/b#c"}, {"ab", "a/b"});
}

TEST_CASE("a text without expressions is itself, encoded where a URI needs it") {
    check("https://a/b?c", {"https://a/b?c"},
          {"https://a/b", "https://a/bXc", "https://a/b?cd", ""});
    check("https://a/.*", {"https://a/.*"}, {"https://a/xx"});
    check("https://a/\xc3\xa9{x}", {"https://a/%C3%A9"}, {"https://a/\xc3\xa9", "https://a/e"});
    check("a%c3'{x}", {"a%c3'"}, {"a%C3'"});
    check("", {""}, {"a"});
}

TEST_CASE("any variable may be undefined, and what is in front of the first goes with it") {
    check("{x,y}", {"", "1", "1,2", ","}, {"1;2", "/"});
    check("{x:1,y:2,z:3}", {"", "1", "1,22", "1,333", "22,333", "333", "1,22,333"},
          {"4444", "22,1,333", "333,1", "1,22,333,"});
    check("{/x,y}", {"", "/1", "/1/2"}, {"/1/2/3", "1", "1/2"});
    check("{?x,y}", {"", "?x=1", "?y=2", "?x=1&y=2", "?x=", "?x=1,2"},
          {"?y=2&x=1", "&x=1", "?x", "?z=1", "?x=1&", "?", "?x=1&x=2"});
    check("{;x,y}", {"", ";x", ";y=2", ";x=1;y", ";x="}, {";", ";xx", ";x;x", ";y;x"});
    check("{?a,b,c,d,e}", {"?a=&b=&c=&d=&e=", "?b=&d=", "?e=", "?a=&e=", "?c=&d=&e="},
          {"?a=&c=&b=", "?e=&a=", "?&e="});
    check("?f{&x}", {"?f", "?f&x=1"}, {"?f?x=1", "?fx=1"});
}

TEST_CASE("an exploded variable is a list or pairs") {
    check("{x*}", {"", "1,2,3", "a=1,b=2", "=", "a="}, {"a=1,2", "1,b=2", "a=1=2", "1;2"});
    check("{/x*,y}", {"/1/2/3/4", "/a=1/b=2/3", ""}, {"/a=1/2/3", "1"});
    check("{?x*}", {"?x=1&x=2", "?a=1&b=", "?a/b=1", "?=", ""}, {"?x", "?x=1&y", "?x=1/2", "x=1"});
    check("{;x*}", {";x=1;x=2", ";a;b=1", ";"}, {"x", ";<", ";%2"});
}

TEST_CASE("a prefix counts characters, and is of strings only") {
    check("{x:2}", {"", "ab", "%C3%A9%C3%A9", "%E2%82%ACa", "%F0%9F%98%80%20", "%FF%FF", "%C3a"},
          {"abc", "%C3%A9%C3%A9%C3%A9", "%20%20%20", "a,b", "%C3aa", "%FF%FF%FF"});
    check("{+x:2}", {"a/", "%41%C3%A9", ",,"}, {"a/b", "%41%42%43"});
    check("{;x:2}", {";x", ";x=ab"}, {";x=", ";x=abc"});
    check("{?x:2}", {"?x=", "?x=ab"}, {"?x", "?x=abc"});
}

TEST_CASE("a variable that comes twice may have two values") {
    check("{x}/{x}", {"1/1", "1/2"}, {"1"});
}

TEST_CASE("what is no URI template is told from what is") {
    for (std::string_view const text : {"{",
                                        "{}",
                                        "a}",
                                        "a{b",
                                        "{a{b}}",
                                        "{a,}",
                                        "{,a}",
                                        "{a b}",
                                        "{a-b}",
                                        "{.}",
                                        "{a..b}",
                                        "{.a.}",
                                        "{a:}",
                                        "{a:0}",
                                        "{a:01}",
                                        "{a:10000}",
                                        "{a:-1}",
                                        "{a:1*}",
                                        "{a*:1}",
                                        "{a**}",
                                        "{=a}",
                                        "{!a}",
                                        "{@a}",
                                        "{|a}",
                                        "{$a}",
                                        "{??a}",
                                        "{%4}",
                                        "{%}",
                                        "a\nb{c}",
                                        "a<b",
                                        "a\"b",
                                        "a\\b",
                                        "a^b",
                                        "a`b",
                                        "a|b",
                                        "a b{c}",
                                        "a%{b}",
                                        "a%4{b}",
                                        "\x7f{b}",
                                        "\xff{a}",
                                        "{\xc3\xa9}",
                                        "\xc2\x85{a}",
                                        "\xef\xbf\xbe{a}",
                                        "\xef\xb7\x90{a}",
                                        "\xef\xbf\xb9{a}",
                                        "\xf3\xa0\x80\x81{a}",
                                        "{?a=b}",
                                        "{a}}",
                                        "{*a}",
                                        "/{~a}",
                                        "{a|b}",
                                        "{a'}"}) {
        INFO(text);
        CHECK_FALSE(uri_template::is_well_formed(text));
        CHECK_THROWS_AS(uri_template(text), std::invalid_argument);
    }
    for (std::string_view const text : {"", "a", "{a}", "{a.b_c%20d}", "{42}", "{a:1}", "{a:40,b*}",
                                        "{+a}{#b}{.c}{/d}{;e}{?f}{&g}", "a'b",
                                        "\xc2\xa0\xee\x80\x80\xf4\x8f\xbf\xbd{a}", "[]{a}%41"}) {
        INFO(text);
        CHECK(uri_template::is_well_formed(text));
        CHECK_NOTHROW(uri_template(text));
    }
}

TEST_CASE("a URI template that is too dear is well formed, and refused") {
    std::string variables = "{?a0";
    for (std::size_t i = 1; i < uri_template::most_variables / 2; ++i)
        variables += ",a" + std::to_string(i);
    CHECK_NOTHROW(uri_template(variables + '}'));
    std::string expressions;
    for (std::size_t i = 0; i < uri_template::most_variables; ++i) expressions += "/{a}";
    CHECK_NOTHROW(uri_template(expressions));
    std::string const longest(uri_template::longest, 'a');
    CHECK_NOTHROW(uri_template(longest));
    for (auto const& text : {longest + 'a', variables + "," + variables.substr(2) + '}',
                             expressions + "{b}", std::string("{a:1000}"), std::string("{a:9999}"),
                             std::string("{a:99}{b:99}{c:99}{d:99}{e:99}{f:99}")}) {
        INFO(text);
        CHECK(uri_template::is_well_formed(text));
        CHECK_THROWS_AS(uri_template(text), std::invalid_argument);
    }
}

TEST_CASE("the literal prefix is all that is before the first expression, as it matches") {
    CHECK(uri_template("https://a/{x}/b").literal_prefix() == "https://a/");
    CHECK(uri_template("https://a/b").literal_prefix() == "https://a/b");
    CHECK(uri_template("\xc3\xa9/{x}").literal_prefix() == "%C3%A9/");
    CHECK(uri_template("{x}b").literal_prefix().empty());
}

TEST_CASE("expressions that all match the same take time linear in the text") {
    uri_template const it("{+a}{+b}{+c}{+d}{+e}{+f}{+g}{+h}!{x}");
    CHECK_FALSE(it.matches(std::string(1'000'000, 'a') + '\n'));
    CHECK(it.matches(std::string(1'000'000, 'a') + '!'));
}

TEST_CASE("copies of a URI template share it") {
    std::optional<uri_template> first("a/{x}");
    auto const copy = *first;
    auto const* const prefix = &first->literal_prefix();
    first.reset();
    CHECK(copy.matches("a/1"));
    CHECK(&copy.literal_prefix() == prefix);
}
