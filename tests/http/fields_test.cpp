#include <fibercast/http/fields.hpp>

#include "support/catch.hpp"
#include "support/field_lines.hpp"

#include <stdexcept>

TEST_CASE("fields keep their order, and are found in any case") {
    fibercast::fields all;
    all.add("A", "1");
    all.add("B", "2");
    all.add("a", "3");
    CHECK(all.find("a") == "1");
    CHECK(all.count("A") == 2);
    CHECK(all.size() == 3);
    CHECK_FALSE(all.find("C"));
    CHECK(lines_of(all) == "A: 1\r\nB: 2\r\na: 3\r\n");
}

TEST_CASE("a field that is set is the only one of its name, and keeps the first one's place") {
    fibercast::fields all;
    all.add("A", "1");
    all.add("B", "2");
    all.add("a", "3");
    all.set("a", "4");
    all.set("C", "5");
    CHECK(lines_of(all) == "A: 4\r\nB: 2\r\nC: 5\r\n");
    all.erase("b");
    all.erase("none");
    CHECK(lines_of(all) == "A: 4\r\nC: 5\r\n");
}

TEST_CASE("no field breaks out of its line, whichever way it comes in") {
    fibercast::fields all;
    CHECK_THROWS_AS(all.set("A", "1\r\nB: 2"), std::invalid_argument);
    CHECK_THROWS_AS(all.set("A\r\nB", "2"), std::invalid_argument);
    CHECK_THROWS_AS(all.add("A", "\n"), std::invalid_argument);
    CHECK_THROWS_AS(all.add("", ""), std::invalid_argument);
    CHECK(all.empty());
}
