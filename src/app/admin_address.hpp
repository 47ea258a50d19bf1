#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace fibercast::app {

/// Where operators are answered: on this machine only, as there is no other check of who asks.
struct admin_address {
    std::string host = "127.0.0.1";  ///< Without brackets.
    std::uint16_t port = 8081;       ///< 0: a free one.

    std::string text() const;

    bool operator==(admin_address const&) const = default;
};

/// Reads `127.0.0.1:8081`, `[::1]:8081` or `localhost:8081`; else says what is wrong.
std::variant<admin_address, std::string> parse_admin_address(std::string_view text);

/// Throws `std::invalid_argument` when one of these sockets can be reached from other machines.
void require_loopback(std::vector<int> const& sockets);

}  // namespace fibercast::app
