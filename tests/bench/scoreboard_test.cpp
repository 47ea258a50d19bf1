#include "contest/scoreboard.hpp"

#include "support/catch.hpp"

using bench::format_value;
using bench::scoreboard;

TEST_CASE("a scoreboard keeps every round, and its median and spread") {
    scoreboard board;
    for (double const value : {5.0, 1.0, 9.0, 3.0}) board.add("a", {{"speed", "us", value}});
    board.add("b", {{"speed", "us", 7}, {"size", "KiB", 2}});
    auto const* const speed = board.find("speed", "a");
    REQUIRE(speed);
    CHECK(speed->median() == 4);
    CHECK(speed->min() == 1);
    CHECK(speed->max() == 9);
    CHECK(speed->in_order() == std::vector<double>{5, 1, 9, 3});
    CHECK(board.find("speed", "b")->median() == 7);
    CHECK(board.find("size", "a") == nullptr);
    CHECK(board.find("weight", "a") == nullptr);
    REQUIRE(board.figures().size() == 2);
    CHECK(board.figures()[0].rows[0].contestant == "a");
    CHECK(board.figures()[0].rows[1].contestant == "b");
}

TEST_CASE("values have four digits") {
    CHECK(format_value(0.01234) == "0.012");
    CHECK(format_value(9.8765) == "9.877");  // half to even
    CHECK(format_value(98.765) == "98.77");
    CHECK(format_value(987.65) == "987.6");
    CHECK(format_value(98765.4) == "98765");
    CHECK(format_value(-98.765) == "-98.77");
}
