#include <fibercast/runtime/socket_address.hpp>

#include "support/catch.hpp"

#include <fibercast/testing/test_address.hpp>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/un.h>

using fibercast::socket_address;
using fibercast::testing::test_address;

namespace {

socket_address v6(char const* ip, unsigned short port, unsigned scope = 0) {
    sockaddr_in6 address{};
    address.sin6_family = AF_INET6;
    address.sin6_port = htons(port);
    address.sin6_scope_id = scope;
    ::inet_pton(AF_INET6, ip, &address.sin6_addr);
    return socket_address(reinterpret_cast<sockaddr const&>(address));
}

}  // namespace

TEST_CASE("an address is an IP and a port") {
    CHECK(test_address().ip() == "192.0.2.1");
    CHECK(test_address().port() == 4711);
    CHECK(test_address().text() == "192.0.2.1:4711");
    CHECK_FALSE(test_address().is_v6());
    CHECK(v6("2001:db8::1", 80).ip() == "2001:db8::1");
    CHECK(v6("2001:db8::1", 0).text() == "2001:db8::1");
    CHECK(v6("2001:db8::1", 80).text() == "[2001:db8::1]:80");
    CHECK(v6("fe80::1", 80, 2).text() == "[fe80::1%2]:80");
    CHECK(v6("::1", 80).is_v6());
}

TEST_CASE("addresses are compared by all that they are") {
    CHECK(test_address() == test_address());
    CHECK(v6("::1", 80) != v6("::1", 81));
    CHECK(v6("::1", 80) != v6("::2", 80));
    CHECK(v6("fe80::1", 80, 1) != v6("fe80::1", 80, 2));
}

TEST_CASE("an address of another family, or none, is unknown") {
    sockaddr_un local{};
    local.sun_family = AF_UNIX;
    socket_address const unknown(reinterpret_cast<sockaddr const&>(local));
    CHECK(unknown == socket_address());
    CHECK(unknown.ip() == "-");
    CHECK(unknown.text() == "-");
    CHECK(unknown.port() == 0);
}
