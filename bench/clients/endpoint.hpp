#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace bench {

/// Where a server listens, and what is asked of it there.
struct endpoint {
    std::string host = "127.0.0.1";
    std::uint32_t address = 0x7f000001;  ///< IPv4, host byte order
    std::uint16_t port = 0;
    std::string path = "/";

    bool is_loopback() const { return address >> 24 == 127; }
};

/// Reads `http://HOST[:PORT][/PATH]`. Throws `failure` for anything else, and if HOST has no IPv4
/// address.
endpoint parse_url(std::string const& url);

/// The request for the event stream at `path` there; each of the other header fields ends in CRLF.
std::string stream_request(endpoint const& target, std::string_view path,
                           std::string_view fields = {});

/// Binds a socket to a free port of 127.0.0.1 and returns the port.
std::uint16_t bind_to_free_port(int socket);

/// A TCP port that nobody listens on at the moment.
std::uint16_t find_free_port();

/// Whether somebody listens there.
bool accepts_connections(endpoint const& target);

}  // namespace bench
