#include <fibercast/http/address_range.hpp>

#include "support/catch.hpp"

#include <fibercast/testing/test_address.hpp>

#include <stdexcept>

using fibercast::address_range;
using fibercast::testing::test_address;

namespace {

bool contains(char const* range, char const* address) {
    return address_range(range).contains(test_address(address));
}

}  // namespace

TEST_CASE("a range has the addresses with its first bits") {
    CHECK(contains("10.0.0.0/8", "10.255.1.2"));
    CHECK_FALSE(contains("10.0.0.0/8", "11.0.0.0"));
    CHECK(contains("192.168.4.0/22", "192.168.7.255"));
    CHECK_FALSE(contains("192.168.4.0/22", "192.168.8.0"));
    CHECK(contains("192.168.5.9/22", "192.168.4.1"));
    CHECK(contains("2001:db8::/33", "2001:db8:7fff::1"));
    CHECK_FALSE(contains("2001:db8::/33", "2001:db8:8000::1"));
}

TEST_CASE("a range without a length is one address") {
    CHECK(contains("127.0.0.1", "127.0.0.1"));
    CHECK_FALSE(contains("127.0.0.1", "127.0.0.2"));
    CHECK(contains("::1", "::1"));
    CHECK_FALSE(contains("::1", "::2"));
}

TEST_CASE("all of IPv4 is not all of IPv6") {
    CHECK(contains("0.0.0.0/0", "203.0.113.1"));
    CHECK_FALSE(contains("0.0.0.0/0", "2001:db8::1"));
    CHECK(contains("::/0", "2001:db8::1"));
}

TEST_CASE("an IPv4 address that IPv6 carries is in IPv4's ranges") {
    CHECK(contains("10.0.0.0/8", "::ffff:10.0.0.1"));
    CHECK(contains("::ffff:10.0.0.0/104", "10.0.0.1"));
}

TEST_CASE("no range has an unknown address") {
    CHECK_FALSE(address_range("::/0").contains(fibercast::socket_address()));
}

TEST_CASE("what is no range is refused") {
    for (auto const* text : {"", "/", "10.0.0.0/", "10.0.0.0/33", "::/129", "10.0.0.0/-1",
                             "10.0.0.0/8 ", "10.0.0/8", "10.0.0.0/8/8", "localhost", "[::1]"}) {
        INFO(text);
        CHECK_THROWS_AS(address_range(text), std::invalid_argument);
    }
}
