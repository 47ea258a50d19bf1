#include "app/text/words.hpp"

#include "support/catch.hpp"

#include <array>
#include <string>

using namespace fibercast::app;

TEST_CASE("words are cut off together with the blanks around them") {
    std::string_view rest = " \tone  two\tthree ";
    CHECK(take_word(rest) == "one");
    CHECK(rest == "two\tthree ");
    CHECK(take_word(rest) == "two");
    CHECK(take_word(rest) == "three");
    CHECK(rest.empty());
    CHECK(take_word(rest).empty());
}

TEST_CASE("the word that was meant is found when a letter or two are wrong") {
    constexpr std::array<std::string_view, 4> known{"broadcast", "quit", "count", "--port"};
    CHECK(nearest("QUIT", known) == "quit");
    CHECK(nearest("brodcast", known) == "broadcast");
    CHECK(nearest("braodcats", known) == "broadcast");
    CHECK(nearest("cuont", known) == "count");
    CHECK(nearest("--prot", known) == "--port");
    CHECK(nearest("-port", known) == "--port");
    CHECK(nearest("quit", known) == "quit");
}

TEST_CASE("a word that is like none has no nearest one") {
    constexpr std::array<std::string_view, 3> known{"broadcast", "quit", "count"};
    CHECK(nearest("fly", known).empty());
    CHECK(nearest("q", known).empty());
    CHECK(nearest("", known).empty());
    CHECK(nearest("broad", known).empty());
    CHECK(nearest(std::string(100'000, 'q'), known).empty());
}
