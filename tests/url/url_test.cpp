#include <fibercast/url/url.hpp>

#include "support/catch.hpp"

#include <string>
#include <vector>

using fibercast::parse_url;
using fibercast::url;

namespace {

std::string const no_url = "(none)";

std::string href(std::string const& text) {
    auto const parsed = parse_url(text);
    return parsed ? parsed->href() : no_url;
}

std::string href(std::string const& text, std::string const& base) {
    auto const from = parse_url(base);
    REQUIRE(from);
    auto const parsed = parse_url(text, &*from);
    return parsed ? parsed->href() : no_url;
}

struct written {
    std::string text;
    std::string canonical;
};

}  // namespace

TEST_CASE("an absolute URL has one canonical form") {
    std::vector<written> const table = {
        {"https://example.com", "https://example.com/"},
        {"HTTPS://EXAMPLE.com:443/a", "https://example.com/a"},
        {"http://example.com:80", "http://example.com/"},
        {"http://example.com:443", "http://example.com:443/"},
        {"https://example.com:/", "https://example.com/"},
        {"https://example.com:08443/", "https://example.com:8443/"},
        {"https:example.com/a", "https://example.com/a"},
        {"https:\\\\example.com\\a\\b", "https://example.com/a/b"},
        {"https:////example.com", "https://example.com/"},
        {" https://example.com/a b ", "https://example.com/a%20b"},
        {"ht\ntps://exa\tmple.com/", "https://example.com/"},
        {"https://user:pa:ss@example.com/", "https://user:pa%3Ass@example.com/"},
        {"https://us@er@example.com/", "https://us%40er@example.com/"},
        {"https://@example.com/", "https://example.com/"},
        {"https://:@example.com/", "https://example.com/"},
        {"https://ex%61mple.com/", "https://example.com/"},
        {"https://xn--bcher-kva.example/", "https://xn--bcher-kva.example/"},
        {"https://example.com/a/./b/../c", "https://example.com/a/c"},
        {"https://example.com/a/%2e/b/%2E%2e/c", "https://example.com/a/c"},
        {"https://example.com/a/..", "https://example.com/"},
        {"https://example.com/../..", "https://example.com/"},
        {"https://example.com/a/.", "https://example.com/a/"},
        {"https://example.com//a//", "https://example.com//a//"},
        {"https://example.com/\"<>`{}^|'", "https://example.com/%22%3C%3E%60%7B%7D%5E|'"},
        {"https://example.com/%zz%41", "https://example.com/%zz%41"},
        {"https://example.com/\xc3\xa9", "https://example.com/%C3%A9"},
        {"https://example.com?a='b'#c'd'`", "https://example.com/?a=%27b%27#c'd'%60"},
        {"https://example.com/#?", "https://example.com/#?"},
        {"https://example.com/?", "https://example.com/?"},
        {"https://example.com/#", "https://example.com/#"},
        {"wss://example.com:443/", "wss://example.com/"},
        {"ftp://example.com:21/", "ftp://example.com/"},
        {"foo://Example.com:80/a", "foo://Example.com:80/a"},
        {"foo://h\xc3\xa9?q='", "foo://h%C3%A9?q='"},
        {"foo:/a/../b", "foo:/b"},
        {"foo:///a", "foo:///a"},
        {"foo:/.//a", "foo:/.//a"},
        {"urn:isbn:0451450523", "urn:isbn:0451450523"},
        {"urn:a b ?q", "urn:a b%20?q"},
        {"URN:X/../Y", "urn:X/../Y"},
        {"data:text/plain,\xc3\xa9#f", "data:text/plain,%C3%A9#f"},
        {"file:///a/b", "file:///a/b"},
        {"file://localhost/a", "file:///a"},
        {"file://host/a", "file://host/a"},
        {"file:a", "file:///a"},
    };
    for (auto const& each : table) {
        INFO(each.text);
        CHECK(href(each.text) == each.canonical);
        if (each.canonical != no_url) CHECK(href(each.canonical) == each.canonical);
    }
}

TEST_CASE("a host that is an address has one canonical form") {
    std::vector<written> const table = {
        {"127.0.0.1", "127.0.0.1"},
        {"127.1", "127.0.0.1"},
        {"0x7f.1", "127.0.0.1"},
        {"017700000001", "127.0.0.1"},
        {"2130706433.", "127.0.0.1"},
        {"1.2.3.4.5", no_url},
        {"256.1.1.1", no_url},
        {"1.2.3.256", no_url},
        {"4294967296", no_url},
        {"1.2.3.08", no_url},
        {"a.0x", no_url},
        {"1.2.3.a", "1.2.3.a"},
        {"[::1]", "[::1]"},
        {"[1:0:0:2:0:0:0:3]", "[1:0:0:2::3]"},
        {"[0:0:1:0:0:2:0:0]", "[::1:0:0:2:0:0]"},
        {"[2001:DB8:0:1::]", "[2001:db8:0:1::]"},
        {"[1:0:2:3:4:5:6:7]", "[1:0:2:3:4:5:6:7]"},
        {"[::ffff:1.2.3.4]", "[::ffff:102:304]"},
        {"[1:2:3]", no_url},
        {"[::1", no_url},
        {"[::1%251]", no_url},
    };
    for (auto const& each : table) {
        INFO(each.text);
        auto const parsed = parse_url("http://" + each.text + "/");
        CHECK((parsed ? *parsed->host : no_url) == each.canonical);
    }
}

TEST_CASE("what is no URL is none") {
    for (std::string const text : {"",
                                   "a",
                                   "/a",
                                   "//example.com",
                                   "?q",
                                   "#f",
                                   ":a",
                                   "1a:b",
                                   "h\xc3\xa9:b",
                                   "https://",
                                   "https:///",
                                   "https://:80/",
                                   "https://user@/",
                                   "https://example.com:80a/",
                                   "https://example.com:65536/",
                                   "https://exa mple.com/",
                                   "https://exa%20mple.com/",
                                   "https://exa|mple.com/",
                                   "https://b\xc3\xbc"
                                   "cher.example/",
                                   "https://ex%zzample.com/",
                                   "foo://:80/",
                                   "foo://a b/",
                                   "https://[x]/",
                                   "file://a b/",
                                   "https://a\xff/",
                                   "\xff"}) {
        INFO(text);
        CHECK(href(text) == no_url);
    }
}

TEST_CASE("a reference is relative to a base") {
    std::string const hub = "https://hub.example.com/.well-known/mercure?x=1#y";
    std::vector<written> const table = {
        {"", "https://hub.example.com/.well-known/mercure?x=1"},
        {"#z", "https://hub.example.com/.well-known/mercure?x=1#z"},
        {"?z", "https://hub.example.com/.well-known/mercure?z"},
        {"bar", "https://hub.example.com/.well-known/bar"},
        {"bar/", "https://hub.example.com/.well-known/bar/"},
        {".", "https://hub.example.com/.well-known/"},
        {"../a", "https://hub.example.com/a"},
        {"/a", "https://hub.example.com/a"},
        {"\\a", "https://hub.example.com/a"},
        {"//other.example/a", "https://other.example/a"},
        {"https:a", "https://hub.example.com/.well-known/a"},
        {"https:/a", "https://hub.example.com/a"},
        {"http:a", "http://a/"},
        {"urn:a", "urn:a"},
        {"caf\xc3\xa9 au lait", "https://hub.example.com/.well-known/caf%C3%A9%20au%20lait"},
        {"//", no_url},
        {"http://", no_url},
        {"a\xff", no_url},
    };
    for (auto const& each : table) {
        INFO(each.text);
        CHECK(href(each.text, hub) == each.canonical);
    }
    CHECK(href("#f", "urn:a") == "urn:a#f");
    CHECK(href("f", "urn:a") == no_url);
    CHECK(href("b", "foo://h/a") == "foo://h/b");
    CHECK(href("//b", "foo://h/a") == "foo://b");
    CHECK(href("b", "file:///a/c") == "file:///a/b");
    CHECK(href("/b", "file://h/a/c") == "file://h/b");
}

TEST_CASE("a URL tells where it is, and of which origin") {
    auto const whole = parse_url("https://u:p@example.com:8443/a/b?q#f");
    REQUIRE(whole);
    CHECK(whole->location() == "https://example.com:8443/a/b");
    CHECK(whole->origin() == "https://example.com:8443");
    auto const urn = parse_url("urn:isbn:1");
    REQUIRE(urn);
    CHECK(urn->location() == "urn:isbn:1");
    CHECK(urn->origin() == "null");
    auto const file = parse_url("file:///a/b");
    REQUIRE(file);
    CHECK(file->location() == "file:/a/b");
    CHECK(file->origin() == "null");
}

TEST_CASE("a plain path is the same for each way to write it") {
    for (std::string const text :
         {"/.well-known/mercure", "/.well-known/%6Dercure", "/.well-known/x/../mercure",
          "/%2ewell-known/mercure", "/%2E/.well-known/m%65rcure", "/x/%2e%2E/.well-known/mercure",
          "\\.well-known\\mercure", "/./.well-known/./mercure"}) {
        INFO(text);
        auto const parsed = parse_url("https://example.com" + text);
        REQUIRE(parsed);
        CHECK(parsed->plain_path() == "/.well-known/mercure");
    }
    auto const slash = parse_url("https://example.com/a%2Fb%41%zz%");
    REQUIRE(slash);
    CHECK(slash->plain_path() == "/a%2FbA%zz%");
    auto const urn = parse_url("urn:%41");
    REQUIRE(urn);
    CHECK(urn->plain_path() == "%41");
}
