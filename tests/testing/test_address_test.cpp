#include <fibercast/testing/test_address.hpp>

#include "support/catch.hpp"

#include <stdexcept>

using fibercast::testing::test_address;

TEST_CASE("a test's address is the one it names, or nobody's") {
    CHECK(test_address().text() == "192.0.2.1:4711");
    CHECK(test_address("198.51.100.7").text() == "198.51.100.7:4711");
    CHECK(test_address("2001:db8::7").text() == "[2001:db8::7]:4711");
    CHECK_THROWS_AS(test_address("somewhere"), std::invalid_argument);
}
