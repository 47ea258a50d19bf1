#include "http/escape.hpp"

#include "support/catch.hpp"

#include <string>

using namespace fibercast;

TEST_CASE("what moves a cursor or hides text is escaped, and nothing else") {
    CHECK(escaped("plain, grüße 世界 😀") == "plain, grüße 世界 😀");
    CHECK(escaped("a\nb\rc\td\\e") == "a\\nb\\rc\\td\\\\e");
    CHECK(escaped("\x1b[2J\x7f") == "\\x1b[2J\\x7f");
    CHECK(escaped(std::string("\0", 1)) == "\\x00");
    CHECK(escaped("\u202e\u009b\u200b\ufeff") == "\\u{202e}\\u{9b}\\u{200b}\\u{feff}");
    CHECK(escaped("a\xff\xc3") == "a\\xff\\xc3");
}

TEST_CASE("what is quoted for programs does not end before its end") {
    CHECK(in_quotes("word", 8) == "'word'");
    CHECK(in_quotes("don't", 8) == "'don\\'t'");
    CHECK(in_quotes("a\\'", 8) == "'a\\\\\\''");
    CHECK(in_quotes("a\n' 200", 8) == "'a\\n\\' 200'");
    CHECK(in_quotes("123456789", 8) == "'12345678...'");
    CHECK(in_quotes("1234567ü", 8) == "'1234567...'");
    CHECK(in_quotes("", 8) == "''");
}

TEST_CASE("what is quoted in a message is cut, and never within a character") {
    CHECK(in_quotes("word") == "'word'");
    CHECK(in_quotes(std::string(40, 'x')) == "'" + std::string(40, 'x') + "'");
    CHECK(in_quotes(std::string(41, 'x')) == "'" + std::string(40, 'x') + "...'");
    CHECK(in_quotes(std::string(39, 'x') + "üü") == "'" + std::string(39, 'x') + "...'");
}
