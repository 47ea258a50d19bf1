#include "http1/request_table.hpp"

// The tables are filled before main, on no fiber's stack.
#pragma GCC diagnostic ignored "-Wframe-larger-than="

using namespace std::string_literals;
using fibercast::status;

namespace {

std::string with_field(std::string const& field) {
    return "GET / HTTP/1.1\r\nHost: example\r\n" + field + "\r\n\r\n";
}

std::string with_host(std::string const& value) {
    return "GET / HTTP/1.1\r\nHost: " + value + "\r\n\r\n";
}

std::string post_with(std::string const& fields, std::string const& rest = "") {
    return "POST /echo HTTP/1.1\r\nHost: example\r\n" + fields + "\r\n\r\n" + rest;
}

std::string chunked(std::string const& body) {
    return post_with("Transfer-Encoding: chunked", body);
}

using rejected_requests = std::vector<rejected_request>;

rejected_requests const request_lines = {
    {"no version", "GET / \r\n\r\n"},
    {"no version, no space", "GET /\r\n\r\n"},
    {"half a version", "GET / HTTP\r\n\r\n"},
    {"most of a version", "GET / HTTP/1\r\n\r\n"},
    {"an unknown version", "GET / HTTP/9.9\r\nHost: example\r\n\r\n",
     status::http_version_not_supported},
    {"version 1.2", "GET / HTTP/1.2\r\nHost: example\r\n\r\n", status::http_version_not_supported},
    {"version 1.32", "GET / HTTP/1.32\r\nHost: example\r\n\r\n"},
    {"version 2.0", "GET / HTTP/2.0\r\nHost: example\r\n\r\n", status::http_version_not_supported},
    {"a version in lower case", "GET / http/1.1\r\nHost: example\r\n\r\n"},
    {"a line before the request", "Extra lineGET / HTTP/1.1\r\nHost: example\r\n\r\n"},
    {"two empty lines before the request", "\r\n\r\nGET / HTTP/1.1\r\nHost: example\r\n\r\n"},
    {"a bare line feed before the request", "\nGET / HTTP/1.1\r\nHost: example\r\n\r\n"},
    {"a bare carriage return before the request", "\rGET / HTTP/1.1\r\nHost: example\r\n\r\n"},
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
    {"something behind the version", "GET / HTTP/1.1 x\r\nHost: example\r\n\r\n"},
    {"a space behind the version", "GET / HTTP/1.1 \r\nHost: example\r\n\r\n"},
    {"no version, and more lines", "GET /\r\nHost: example\r\n\r\n"},
    {"nothing but a line", "nonsense\r\n"},
    {"an absolute target without a host", "GET http:// HTTP/1.1\r\nHost: example\r\n\r\n"},
    {"an absolute target with an empty host", "GET http:/// HTTP/1.1\r\nHost: example\r\n\r\n"},
    {"an absolute target with a port of letters",
     "GET http://a:b/ HTTP/1.1\r\nHost: example\r\n\r\n"},
    {"an absolute target with a user", "GET http://u@a/ HTTP/1.1\r\nHost: example\r\n\r\n"},
};

rejected_requests const fields = {
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

/// RFC 9112, section 5.2.
rejected_requests const folded_fields = {
    {"with a space", with_field("X: one\r\n two")},
    {"with a tab", with_field("X: one\r\n\ttwo")},
    {"before its value", with_field("X:\r\n one")},
    {"with nothing but a space", with_field("X: one\r\n ")},
    {"Host", "GET / HTTP/1.1\r\nHost:\r\n example\r\n\r\n"},
    {"a second Host", "GET / HTTP/1.1\r\nHost: example\r\n Host: other\r\n\r\n"},
    {"an encoding", post_with("Transfer-Encoding:\r\n chunked", "0\r\n\r\n")},
    {"behind which is an encoding",
     post_with("X: one\r\n two\r\nTransfer-Encoding: chunked", "0\r\n\r\n")},
    {"a length", post_with("Content-Length:\r\n 5", "hello")},
    {"an encoding that hides", post_with("X: one\r\n Transfer-Encoding: chunked", "0\r\n\r\n")},
};

/// RFC 9112, section 3.2.
rejected_requests const hosts = {
    {"a space", with_host("a b")},
    {"a comma", with_host("a,b")},
    {"a slash", with_host("a/b")},
    {"a user", with_host("u@a")},
    {"two ports", with_host("a:1:2")},
    {"a port of letters", with_host("a:abc")},
    {"a port over 65535", with_host("a:65536")},
    {"a negative port", with_host("a:-1")},
    {"nothing but a port", with_host(":80")},
    {"an 8-bit byte", with_host("\x80")},
    {"a bracket without an end", with_host("[::1")},
    {"a bracket without a beginning", with_host("::1]")},
    {"an IPv6 address without brackets", with_host("::1")},
    {"no IPv6 address in brackets", with_host("[a]")},
    {"something behind the bracket", with_host("[::1]a")},
    {"markup", with_host("<script>")},
    {"a fragment", with_host("a#b")},
    {"half an encoded byte", with_host("a%4")},
};

rejected_requests const framings = {
    {"a length of letters", post_with("Content-Length: abc", "hello")},
    {"a negative length", post_with("Content-Length: -1234", "hello")},
    {"a very negative length", post_with("Content-Length: -123456789123456789123456789", "hello")},
    {"a length with a plus", post_with("Content-Length: +5", "hello")},
    {"a length with a letter behind", post_with("Content-Length: 5Z", "hello")},
    {"a length in hexadecimal", post_with("Content-Length: 0x5", "hello")},
    {"a length with an underscore", post_with("Content-Length: 1_0", "hello")},
    {"a length with a space inside", post_with("Content-Length: 1 0", "hello")},
    {"an empty length", post_with("Content-Length:", "hello")},
    {"a length over 64 bits", post_with("Content-Length: 18446744073709551616", "hello")},
    {"a length with a comma behind", post_with("Content-Length: 5,", "hello")},
    {"two lengths", post_with("Content-Length: 5\r\nContent-Length: 6", "hello")},
    {"the same length twice", post_with("Content-Length: 5\r\nContent-Length: 5", "hello")},
    {"a list of two lengths", post_with("Content-Length: 5, 6", "hello")},
    {"a length, then chunks",
     post_with("Content-Length: 5\r\nTransfer-Encoding: chunked", "hello")},
    {"chunks, then a length",
     post_with("Transfer-Encoding: chunked\r\nContent-Length: 5", "hello")},
    {"a length, then an unknown encoding",
     post_with("Content-Length: 5\r\nTransfer-Encoding: x", "hello")},
    {"an unknown encoding", post_with("Transfer-Encoding: gzip")},
    {"identity", post_with("Transfer-Encoding: identity")},
    {"an empty encoding", post_with("Transfer-Encoding:")},
    {"almost chunked", post_with("Transfer-Encoding: xchunked")},
    {"chunked behind a no-break space", post_with("Transfer-Encoding: \xa0"
                                                  "chunked")},
    {"chunked in quotes", post_with("Transfer-Encoding: \"chunked\"")},
    {"chunked with a parameter", post_with("Transfer-Encoding: chunked;a=b")},
    {"gzip and chunked", post_with("Transfer-Encoding: gzip, chunked")},
    {"chunked and gzip", post_with("Transfer-Encoding: chunked, gzip")},
    {"chunked twice", post_with("Transfer-Encoding: chunked, chunked")},
    {"chunked in two fields",
     post_with("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked")},
    {"an empty field, then chunked", post_with("Transfer-Encoding:\r\nTransfer-Encoding: chunked")},
    {"chunked in 1.0", "POST /echo HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
    {"GET with a length", with_field("Content-Length: 5") + "hello"},
    {"GET with a length over the limit of bodies", with_field("Content-Length: 99999999")},
    {"GET with chunks", with_field("Transfer-Encoding: chunked") + "0\r\n\r\n"},
    {"HEAD with a length", "HEAD / HTTP/1.1\r\nHost: example\r\nContent-Length: 5\r\n\r\nhello"},
};

rejected_requests const chunks = {
    {"a size of letters", chunked("xyz\r\nhello\r\n0\r\n\r\n")},
    {"an empty size", chunked("\r\nhello\r\n0\r\n\r\n")},
    {"a size with a plus", chunked("+5\r\nhello\r\n0\r\n\r\n")},
    {"a negative size", chunked("-5\r\nhello\r\n0\r\n\r\n")},
    {"a size with 0x", chunked("0x5\r\nhello\r\n0\r\n\r\n")},
    {"a size with an underscore", chunked("0_5\r\nhello\r\n0\r\n\r\n")},
    {"a space before the size", chunked(" 5\r\nhello\r\n0\r\n\r\n")},
    {"a size over 64 bits", chunked("10000000000000005\r\nhello\r\n0\r\n\r\n")},
    {"a size line with a bare line feed", chunked("5\nhello\r\n0\r\n\r\n")},
    {"a size line with a bare carriage return", chunked("5\rXhello\r\n0\r\n\r\n")},
    {"a chunk longer than its size", chunked("4\r\nhello\r\n0\r\n\r\n")},
    {"a chunk shorter than its size", chunked("6\r\nhello\r\n0\r\n\r\n")},
    {"no line end after a chunk", chunked("5\r\nhelloXX0\r\n\r\n")},
    {"an empty line before the last chunk", chunked("5\r\nhello\r\n\r\n0\r\n\r\n")},
    {"a carriage return in an extension", chunked("5;a\rb\r\nhello\r\n0\r\n\r\n")},
    {"a length among the trailers", chunked("0\r\nContent-Length: 5\r\n\r\n")},
    {"an encoding among the trailers", chunked("0\r\nTransfer-Encoding: chunked\r\n\r\n")},
    {"an invalid trailer", chunked("0\r\nno trailer\r\n\r\n")},
    {"a quote in an extension that does not end", chunked("5;a=\"b\r\nhello\r\n0\r\n\r\n")},
    {"a quote behind an escaped one that does not end",
     chunked("5;a=\"\\\"\r\nhello\r\n0\r\n\r\n")},
    {"an extension without a name", chunked("5;\r\nhello\r\n0\r\n\r\n")},
    {"an extension without a value", chunked("5;a=\r\nhello\r\n0\r\n\r\n")},
    {"an extension with two values", chunked("5;a=b c\r\nhello\r\n0\r\n\r\n")},
    {"a value behind a quoted one", chunked("5;a=\"b\"c\r\nhello\r\n0\r\n\r\n")},
    {"a space behind the size", chunked("5 \r\nhello\r\n0\r\n\r\n")},
    {"a word behind the size", chunked("5 x\r\nhello\r\n0\r\n\r\n")},
    {"a bare line feed behind an extension", chunked("5;a\nhello\r\n0\r\n\r\n")},
    {"a bare line feed behind a chunk", chunked("5\r\nhello\n0\r\n\r\n")},
    {"a bare line feed behind the last chunk", chunked("0\n\r\n")},
    {"a bare line feed at the end", chunked("0\r\n\n")},
    {"a bare line feed in a trailer", chunked("0\r\na: b\nc: d\r\n\r\n")},
    {"a control character in a trailer", chunked("0\r\na: \x07\r\n\r\n")},
    {"a trailer without a name", chunked("0\r\n: b\r\n\r\n")},
    {"a space before a trailer's colon", chunked("0\r\na : b\r\n\r\n")},
    {"a folded trailer", chunked("0\r\na: b\r\n c\r\n\r\n")},
    {"a folded trailer before all", chunked("0\r\n a: b\r\n\r\n")},
};

}  // namespace

std::vector<rejected_table> const& rejected_tables() {
    static std::vector<rejected_table> const all = {
        {"a request line", request_lines}, {"a field", fields},
        {"a folded field", folded_fields}, {"a Host", hosts},
        {"a body's length", framings},     {"a chunk", chunks},
    };
    return all;
}

std::vector<accepted_request> const& accepted_requests() {
    static std::vector<accepted_request> const all = {
        {"a plain one", "GET / HTTP/1.1\r\nHost: example\r\n\r\n"},
        {"one empty line before it", "\r\nGET / HTTP/1.1\r\nHost: example\r\n\r\n"},
        {"a field of many characters", with_field("X-Y_Z!: \t a:b,c \t")},
        {"an 8-bit value", with_field("X: \xe4")},
        {"an empty value", with_field("X:")},
        {"a port", with_host("example:80")},
        {"an empty port", with_host("example:")},
        {"an IPv4 address", with_host("127.0.0.1:8080")},
        {"an IPv6 address", with_host("[::1]:8080")},
        {"an encoded host", with_host("ex%41mple")},
        {"an empty host", with_host("")},
        {"an absolute target", "GET http://example/ HTTP/1.1\r\nHost: example\r\n\r\n"},
        {"an absolute target with a port", "GET https://[::1]:8/ HTTP/1.1\r\nHost: a\r\n\r\n"},
        {"an absolute target without a path", "GET http://a?b HTTP/1.1\r\nHost: a\r\n\r\n"},
        {"a length", post_with("Content-Length: 5", "hello")},
        {"a length of zero", post_with("Content-Length: 0")},
        {"no chunks but the last", chunked("0\r\n\r\n")},
        {"two chunks", chunked("3\r\nhel\r\n02\r\nlo\r\n0\r\n\r\n")},
        {"a chunk that looks like chunks", chunked("5\r\n0\r\n\r\n\r\n0\r\n\r\n")},
        {"extensions", chunked("5;a\r\nhello\r\n0;b=c ; d = e\r\n\r\n")},
        {"a quoted extension", chunked("5 ;a=\"b;\\\"c\";d\r\nhello\r\n0\r\n\r\n")},
        {"trailers", chunked("0\r\nA: b\r\nC:\r\n\r\n")},
    };
    return all;
}
