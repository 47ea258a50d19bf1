#include "clients/endpoint.hpp"
#include "process/failure.hpp"
#include "process/words.hpp"

#include "support/catch.hpp"

using bench::parse_url;

TEST_CASE("a URL names address, port and path") {
    auto const full = parse_url("http://127.0.0.5:8080/a/b?c=d");
    CHECK(full.address == 0x7f000005);
    CHECK(full.port == 8080);
    CHECK(full.path == "/a/b?c=d");
    CHECK(full.is_loopback());
    auto const bare = parse_url("http://10.1.2.3");
    CHECK(bare.port == 80);
    CHECK(bare.path == "/");
    CHECK_FALSE(bare.is_loopback());
}

TEST_CASE("what is no URL of ours is refused") {
    for (auto const* url :
         {"", "127.0.0.1:80", "https://127.0.0.1/", "http://", "http://127.0.0.1:0/",
          "http://127.0.0.1:65536/", "http://127.0.0.1:x/", "http://127.0.0.1:80x/",
          "http://127.0.0.1:", "http://:80/", "http://127.0.0.1/a b"}) {
        INFO(url);
        CHECK_THROWS_AS(parse_url(url), bench::failure);
    }
}

TEST_CASE("a command is split at blanks, and quotes group") {
    using words = std::vector<std::string>;
    CHECK(bench::split_words(R"("/a b/c"  -x "d \" e")") == words{"/a b/c", "-x", "d \" e"});
    CHECK_THROWS_AS(bench::split_words("  "), bench::failure);
    CHECK(bench::with_ports("http://h:{port}/{port}/{admin}", {"80", "81"}) == "http://h:80/80/81");
}
