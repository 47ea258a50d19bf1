#include "http1/refusal.hpp"

#include <string>

using namespace std::string_literals;

namespace {

refused_case const request_lines[] = {
    {"no version", "GET / \r\n\r\n"},
    {"no version, no space", "GET /\r\n\r\n"},
    {"half a version", "GET / HTTP\r\n\r\n"},
    {"most of a version", "GET / HTTP/1\r\n\r\n"},
    {"an unknown version", "GET / HTTP/9.9\r\nHost: example\r\n\r\n"},
    {"version 1.2", "GET / HTTP/1.2\r\nHost: example\r\n\r\n"},
    {"version 1.32", "GET / HTTP/1.32\r\nHost: example\r\n\r\n"},
    {"version 2.0", "GET / HTTP/2.0\r\nHost: example\r\n\r\n"},
    {"a version in lower case", "GET / http/1.1\r\nHost: example\r\n\r\n"},
    {"a line before the request", "Extra lineGET / HTTP/1.1\r\nHost: example\r\n\r\n"},
    {"an empty line before the request", "\r\nGET / HTTP/1.1\r\nHost: example\r\n\r\n"},
    {"a space before the method", " GET / HTTP/1.1\r\nHost: example\r\n\r\n"},
    {"an invalid method", "G{T / HTTP/1.1\r\nHost: example\r\n\r\n"},
    {"no target", "GET  HTTP/1.1\r\nHost: example\r\n\r\n"},
    {"two spaces", "GET  / HTTP/1.1\r\nHost: example\r\n\r\n"},
    {"a tab as separator", "GET\t/ HTTP/1.1\r\nHost: example\r\n\r\n"},
    {"a line feed as separator", "GET\n/\nHTTP/1.1\r\nHost: example\r\n\r\n"},
    {"a space in the target", "GET /a b HTTP/1.1\r\nHost: example\r\n\r\n"},
    {"a NUL in the target", "GET /\0 HTTP/1.1\r\nHost: example\r\n\r\n"s},
    {"a relative target", "GET index.html HTTP/1.1\r\nHost: example\r\n\r\n"},
    {"an asterisk for GET", "GET * HTTP/1.1\r\nHost: example\r\n\r\n"},
    {"an unknown scheme", "GET ftp://example/ HTTP/1.1\r\nHost: example\r\n\r\n"},
    {"a request for a tunnel", "CONNECT example:443 HTTP/1.1\r\nHost: example:443\r\n\r\n"},
    {"a percent sign and no digits in the path", "GET /% HTTP/1.1\r\nHost: example\r\n\r\n"},
    {"half an encoded byte", "GET /%4/ HTTP/1.1\r\nHost: example\r\n\r\n"},
    {"bare line feeds", "GET / HTTP/1.1\nHost: example\n\n\r\n\r\n"},
    {"a bare line feed after the request line", "GET / HTTP/1.1\nHost: example\r\n\r\n"},
    {"a bare carriage return after the request line", "GET / HTTP/1.1\rHost: example\r\n\r\n"},
};

refused_case const fields[] = {
    {"no Host", "GET / HTTP/1.1\r\n\r\n"},
    {"two Hosts", with_field("Host: example")},
    {"two Hosts in 1.0", "GET / HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n"},
    {"brackets in a name", with_field("X-Invalid[]: test")},
    {"no colon", with_field("X-Invalid")},
    {"an empty name", with_field(": test")},
    {"a space before the colon", with_field("X-Invalid : test")},
    {"a tab before the colon", with_field("X-Invalid\t: test")},
    {"a NUL in a name", with_field("X\0Y: test"s)},
    {"an 8-bit name", with_field("X-\xa0: test")},
    {"a space before the first name", "GET / HTTP/1.1\r\n Host: example\r\n\r\n"},
    {"a control character in a value", with_field("X: te\x07st")},
    {"a NUL in a value", with_field("X: te\0st"s)},
    {"DEL in a value", with_field("X: te\x7fst")},
    {"a bare line feed in a value", with_field("X: te\nst")},
    {"a bare line feed after a value", with_field("X: test\nY: test")},
    {"a bare carriage return in a value", with_field("X: te\rst")},
    {"a carriage return and a name", with_field("\rX: test")},
};

}  // namespace

TEST_CASE("a malformed request line is answered with 400 and the close") {
    check_refused(request_lines);
}

TEST_CASE("malformed header fields are answered with 400 and the close") { check_refused(fields); }
