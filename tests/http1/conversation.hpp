#pragma once

#include "http1/memory_stream.hpp"

#include <fibercast/http/detail/waiting_fiber.hpp>
#include <fibercast/http/handler.hpp>
#include <fibercast/http/limits.hpp>
#include "http1/connection.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// Serves a connection in memory until its end.
inline void serve(memory_stream& peer, fibercast::handler const& routes,
                  fibercast::http_limits const& limits = {}) {
    fibercast::request_counters counters;
    fibercast::serving const how{routes, limits, counters};
    fibercast::connection<memory_stream> served(peer, how);
    fibercast::waiting_fiber self;
    while (served.serve(self) == fibercast::connection_state::waits) self.wait();
}

/// All that a connection answers to an input that is followed by its end.
inline std::string answer_to(std::string_view input, fibercast::handler const& routes) {
    memory_stream peer(input);
    serve(peer, routes);
    return peer.output();
}

/// The same when the input comes byte by byte.
inline std::vector<std::string> byte_by_byte(std::string_view input) {
    std::vector<std::string> pieces;
    for (char const each : input) pieces.emplace_back(1, each);
    return pieces;
}

/// How often a text has a part.
inline std::size_t count_of(std::string_view part, std::string_view text) {
    std::size_t count = 0;
    for (auto at = text.find(part); at != text.npos; at = text.find(part, at + part.size()))
        ++count;
    return count;
}

/// The status line of the first response; empty without one.
inline std::string status_line(std::string_view answer) {
    return std::string(answer.substr(0, answer.find("\r\n")));
}
