#include "access/base64url.hpp"

#include "support/catch.hpp"
#include "tokens/test_keys.hpp"

#include <string>

using fibercast::base64url_decoded;

TEST_CASE("base64url has one text for each value") {
    std::string bytes;
    for (int i = 0; i < 300; ++i) {
        CHECK(base64url_decoded(base64url(bytes)) == bytes);
        bytes += static_cast<char>(i * 7);
    }
    CHECK(base64url_decoded("") == "");
    CHECK(base64url_decoded("_-8") == "\xff\xef");
}

TEST_CASE("what is not quite base64url is none") {
    for (std::string const text : {"A", "AAAAA", "AB", "AAB", "A_", "AA=", "AA==", "AAA=", "A+==",
                                   "AA A", "AAA\n", " AAA", "AA/A", "AA+A", "AA.A", "AAA\xc3"}) {
        INFO(text);
        CHECK_FALSE(base64url_decoded(text));
    }
    CHECK_FALSE(base64url_decoded(std::string("AA\0A", 4)));
}
