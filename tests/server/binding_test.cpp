#include "server/binding.hpp"

#include "support/catch.hpp"
#include "support/open_descriptors.hpp"

#include <system_error>

using boost::asio::ip::make_address;
using boost::asio::ip::tcp;

namespace {

std::vector<fibercast::listening_socket> bound(std::vector<std::string> const& addresses,
                                               std::uint16_t port = 0) {
    std::vector<tcp::endpoint> all;
    for (auto const& each : addresses) all.emplace_back(make_address(each), port);
    return fibercast::bind_all(all, {});
}

/// Documentation's own, so no machine's.
constexpr auto nobodys = "192.0.2.1";

}  // namespace

TEST_CASE("all addresses of a host listen at one port") {
    auto all = bound({"127.0.0.1", "127.0.0.2", "127.0.0.3"});
    REQUIRE(all.size() == 3);
    auto const port = all[0].address().port();
    CHECK(port != 0);
    CHECK(all[1].address().text() == "127.0.0.2:" + std::to_string(port));
    CHECK(all[2].address().text() == "127.0.0.3:" + std::to_string(port));
    for (auto& each : all) CHECK_NOTHROW(each.listen());
}

TEST_CASE("IPv4 and IPv6 share a port") {
    if (bound({"127.0.0.1", "::1"}).size() < 2) return;  // a machine without IPv6
    auto all = bound({"0.0.0.0", "::"});
    CHECK(all.size() == 2);
    for (auto& each : all) CHECK_NOTHROW(each.listen());
}

TEST_CASE("an address that this machine cannot use is left out when there is another") {
    auto const all = bound({nobodys, "127.0.0.1"});
    REQUIRE(all.size() == 1);
    CHECK(all[0].address().ip() == "127.0.0.1");
    CHECK_THROWS_AS(bound({nobodys}), std::system_error);
    CHECK_THROWS_AS(bound({nobodys, nobodys}), std::system_error);
}

TEST_CASE("a port in use on one of the addresses is an error, and nothing stays bound") {
    auto taken = bound({"127.0.0.2"});
    taken[0].listen();
    auto const before = open_descriptors();
    try {
        bound({"127.0.0.1", "127.0.0.2"}, taken[0].address().port());
        FAIL("bound");
    } catch (std::system_error const& error) {
        CHECK(error.code() == std::errc::address_in_use);
    }
    CHECK(open_descriptors() == before);
}

TEST_CASE("the error of an endpoint names its host and port") {
    CHECK_THROWS_WITH(fibercast::bind_to({.host = nobodys, .port = 8081}),
                      "cannot listen on 192.0.2.1 port 8081: Cannot assign requested address");
    CHECK_THROWS_WITH(fibercast::bind_to({.host = "256.1.1.1", .port = 8081}),
                      StartsWith("cannot listen on 256.1.1.1 port 8081: "));
}
