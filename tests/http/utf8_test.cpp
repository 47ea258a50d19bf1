#include "http/utf8.hpp"

#include "support/catch.hpp"

#include <string_view>

using namespace fibercast;

TEST_CASE("a character of UTF-8 has one to four bytes") {
    for (auto const& [text, code] : {std::pair<std::string_view, char32_t>{"a", U'a'},
                                     {"ü", U'ü'},
                                     {"€", U'€'},
                                     {"😀", U'😀'},
                                     {std::string_view("\0", 1), 0},
                                     {"\xf4\x8f\xbf\xbf", 0x10ffff}}) {
        auto const found = first_character(text);
        CHECK(found.code == code);
        CHECK(found.bytes == text.size());
    }
}

TEST_CASE("overlong forms, surrogates and halves of characters are no UTF-8") {
    for (std::string_view const text :
         {"\xc0\x80", "\xc1\xbf", "\xe0\x9f\xbf", "\xf0\x8f\xbf\xbf", "\xed\xa0\x80",
          "\xed\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff", "\x80", "\xc3",
          "\xe2\x82", "\xe2\x28\xa1"}) {
        CHECK(first_character(text).bytes == 0);
        CHECK_FALSE(is_utf8(text));
        CHECK_FALSE(is_utf8("good " + std::string(text)));
    }
    CHECK(first_character("").bytes == 0);
    CHECK(is_utf8(""));
    CHECK(is_utf8("grüße, 世界 😀"));
}
