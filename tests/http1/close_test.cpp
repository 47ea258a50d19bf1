// RFC 9112, section 9.6: whoever closes while there is input that nobody has read makes the kernel
// reset the connection, and the reset destroys what the peer has not read yet.

#include "http1/conversation.hpp"
#include "http1/example_routes.hpp"

#include "support/catch.hpp"

#include <string>
#include <vector>

namespace {

/// How many pieces of what the peer sends behind a request nobody reads.
std::size_t left_behind(std::string const& request) {
    fibercast::handler const routes = example::routes();
    std::vector<std::string> pieces(1 + 20, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    pieces.front() = request;
    memory_stream peer(pieces);
    serve(peer, routes);
    CHECK(count_of("HTTP/1.1 ", peer.output()) == 1);
    CHECK(peer.shut_down());
    return peer.pieces_left();
}

}  // namespace

TEST_CASE("what comes behind the last request is read and dropped before the close") {
    for (auto const* request :
         {"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", "GET / HTTP/1.0\r\n\r\n",
          "GET /strings HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", "nonsense\r\n\r\n"}) {
        INFO(request);
        CHECK(left_behind(request) == 0);
    }
}

TEST_CASE("a peer that goes on sending is not listened to for ever") {
    fibercast::handler const routes = example::routes();
    std::vector<std::string> pieces(1000, std::string(1024, 'x'));
    pieces.front() = "GET / HTTP/1.0\r\n\r\n";
    memory_stream peer(pieces);
    serve(peer, routes);
    CHECK(peer.pieces_left() > 900);
}
