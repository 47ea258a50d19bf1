#include "app/admin_address.hpp"

#include "support/catch.hpp"
#include "support/manager_socket.hpp"

#include <string>

using namespace fibercast::app;
namespace {

std::string read(std::string_view text) {
    auto const parsed = parse_admin_address(text);
    if (auto const* const wrong = std::get_if<std::string>(&parsed)) return *wrong;
    return std::get<admin_address>(parsed).text();
}

}  // namespace

TEST_CASE("an admin address is one of this machine's own, with a port") {
    for (auto const* text :
         {"127.0.0.1:8081", "127.9.9.9:0", "[::1]:8081", "localhost:65535", "127.0.0.1:1"})
        CHECK(read(text) == text);
    auto const parsed = parse_admin_address("[::1]:1");
    CHECK(std::get<admin_address>(parsed) == admin_address{"::1", 1});
}

TEST_CASE("an admin address that others can reach is refused") {
    for (auto const* text : {"0.0.0.0:8081", "10.0.0.1:1", "[::]:8081", "[fe80::1]:1",
                             "[::ffff:10.0.0.1]:1", "128.0.0.1:1"})
        CHECK_THAT(read(text), ContainsSubstring("' can be reached from other machines"));
}

TEST_CASE("what is no admin address is said") {
    for (auto const* text :
         {"", ":", ":8081", "8081", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1",
          "::1:8081", "[::1]", "[]:1", "[127.0.0.1]:1", "example.org:1", "127.1:1", "LOCALHOST :1"})
        CHECK_THAT(read(text), ContainsSubstring("' is no address with a port"));
}

TEST_CASE("a socket for operators that others can reach is refused") {
    manager_socket const loopback("127.0.0.3");
    manager_socket const any("0.0.0.0");
    CHECK_NOTHROW(require_loopback({loopback.get()}));
    CHECK_THROWS_WITH(
        require_loopback({loopback.get(), any.get()}),
        StartsWith("the socket for operators: '0.0.0.0:" + std::to_string(any.port()) +
                   "' can be reached from other machines"));
}
