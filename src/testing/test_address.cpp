#include <fibercast/testing/test_address.hpp>

#include <arpa/inet.h>
#include <netinet/in.h>

#include <cstdint>
#include <stdexcept>

namespace fibercast::testing {
namespace {

constexpr std::uint16_t port = 4711;

}  // namespace

socket_address test_address(std::string const& ip) {
    sockaddr_in6 v6{};
    v6.sin6_family = AF_INET6;
    v6.sin6_port = htons(port);
    if (::inet_pton(AF_INET6, ip.c_str(), &v6.sin6_addr) == 1)
        return socket_address(reinterpret_cast<sockaddr const&>(v6));
    sockaddr_in v4{};
    v4.sin_family = AF_INET;
    v4.sin_port = htons(port);
    if (::inet_pton(AF_INET, ip.c_str(), &v4.sin_addr) != 1)
        throw std::invalid_argument(ip + " is no IP address");
    return socket_address(reinterpret_cast<sockaddr const&>(v4));
}

}  // namespace fibercast::testing
