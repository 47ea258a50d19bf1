#include <fibercast/http/forwarded.hpp>

#include "http/some_peer.hpp"
#include "support/catch.hpp"

#include <string>
#include <vector>

using fibercast::address_range;

namespace {

/// Who has asked, when `from` sends these lines of X-Forwarded-For, and 10.0.0.0/8 and ::1 are
/// trusted.
std::string client(std::string const& from, std::vector<std::string> const& lines) {
    std::vector<address_range> const trusted{address_range("10.0.0.0/8"), address_range("::1")};
    some_peer const peer(from);
    fibercast::fields fields;
    for (auto const& each : lines) fields.add("x-forwarded-for", each);
    return fibercast::client_address({"GET", "/", std::move(fields), {}, &peer}, trusted).ip();
}

}  // namespace

TEST_CASE("a stranger's X-Forwarded-For is not believed") {
    CHECK(client("192.0.2.1", {"198.51.100.1"}) == "192.0.2.1");
}

TEST_CASE("behind a trusted proxy the last hop that is none is the client") {
    CHECK(client("10.0.0.1", {"198.51.100.1"}) == "198.51.100.1");
    CHECK(client("10.0.0.1", {"203.0.113.9, 198.51.100.1"}) == "198.51.100.1");
    CHECK(client("10.0.0.1", {"203.0.113.9 ,198.51.100.1,\t10.0.0.2 , ::1"}) == "198.51.100.1");
    CHECK(client("::1", {"203.0.113.9", "198.51.100.1", "10.1.1.1"}) == "198.51.100.1");
}

TEST_CASE("a client may be known by IPv6, and with its port") {
    CHECK(client("10.0.0.1", {"2001:db8::7"}) == "2001:db8::7");
    CHECK(client("10.0.0.1", {"[2001:db8::7]:4711"}) == "2001:db8::7");
    CHECK(client("10.0.0.1", {"198.51.100.1:4711"}) == "198.51.100.1");
}

TEST_CASE(
    "where nothing is said, or nothing that is an address, the last that is known has asked") {
    CHECK(client("10.0.0.1", {}) == "10.0.0.1");
    CHECK(client("10.0.0.1", {"10.0.0.3"}) == "10.0.0.3");
    for (auto const* text :
         {"", ",", "unknown", "[", "[]", ":", "_hidden", "203.0.113.9, unknown"}) {
        INFO(text);
        CHECK(client("10.0.0.1", {std::string(text)}) == "10.0.0.1");
        CHECK(client("10.0.0.1", {std::string(text) + ", 10.0.0.3"}) == "10.0.0.3");
    }
}
