#pragma once

#include <fibercast/http/limits.hpp>
#include <fibercast/net/tcp_options.hpp>

#include <cstddef>
#include <cstdint>
#include <string>

namespace fibercast {

/// An address to listen on, and what its connections may take.
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
};

}  // namespace fibercast
