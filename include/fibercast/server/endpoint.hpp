#pragma once

#include <fibercast/api.hpp>
#include <fibercast/http/limits.hpp>
#include <fibercast/net/tcp_options.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace fibercast {

/// Where to listen, and what its connections may take.
struct endpoint {
    /// An address, or a name, which means every address it has. "0.0.0.0" or "::" for all
    /// interfaces.
    std::string host = "127.0.0.1";
    /// 0 picks a free port, one for all addresses of the name.
    std::uint16_t port = 8080;
    http_limits limits{};
    tcp_options tcp{};
    /// How many connections it accepts when the server has `max_connections` already: for operators,
    /// who come when it is full.
    std::size_t extra_connections = 0;
    /// Descriptors of TCP sockets that listen already, such as a service manager's, in place of
    /// host and port. The server makes copies when it starts, and closes only those: what comes
    /// after it has stopped waits for who accepts from the originals.
    std::vector<int> sockets = {};
};

}  // namespace fibercast
