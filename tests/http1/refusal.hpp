#pragma once

#include "http1/conversation.hpp"
#include "http1/example_routes.hpp"

#include "support/catch.hpp"

#include <span>
#include <string>
#include <vector>

/// A request that must be refused, and what is wrong with it.
struct refused_case {
    char const* what;
    std::string request;
};

/// Behind each malformed request. An answer to it would mean that the two sides of the connection
/// disagree about where a request ends, which is what request smuggling is made of.
inline std::string const probe = "GET /probe HTTP/1.1\r\nHost: example\r\n\r\n";

/// A request with this field among others.
inline std::string with_field(std::string const& field) {
    return "GET / HTTP/1.1\r\nHost: example\r\n" + field + "\r\n\r\n";
}

/// Each is answered with 400, at once, and the connection ends.
inline void check_refused(std::span<refused_case const> cases) {
    auto const routes = example::routes();
    for (auto const& each : cases) {
        INFO(each.what);
        for (bool const whole : {true, false}) {
            auto const input = each.request + probe;
            // Silence follows: the answer must not need the end of the input.
            memory_stream peer(whole ? std::vector{input} : byte_by_byte(input),
                               memory_stream::then::silence);
            serve(peer, routes);
            CHECK(status_line(peer.output()) == "HTTP/1.1 400 Bad Request");
            CHECK(count_of("HTTP/1.1 ", peer.output()) == 1);
            CHECK(count_of("Connection: close\r\n", peer.output()) == 1);
            CHECK(peer.shut_down());
            CHECK_FALSE(peer.stuck());
        }
    }
}
