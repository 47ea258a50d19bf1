#include "http1/conversation.hpp"
#include "http1/example_routes.hpp"

#include "support/catch.hpp"

#include <string>

using namespace std::string_literals;

TEST_CASE("a client of HTTP/2 is told in its own words to use HTTP/1.1") {
    fibercast::handler const routes = example::routes();
    auto const preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0"s;
    auto const settings = "\0\0\0\4\0\0\0\0\0"s;
    auto const go_away = "\0\0\10\7\0\0\0\0\0\0\0\0\0\0\0\0\15"s;
    for (bool const whole : {true, false}) {
        memory_stream peer(whole ? std::vector{preface} : byte_by_byte(preface));
        serve(peer, routes);
        CHECK(peer.output() == settings + go_away);
        CHECK(peer.linger_bytes());
    }
}
