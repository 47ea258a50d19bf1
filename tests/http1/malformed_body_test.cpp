#include "http1/refusal.hpp"

#include <string>

namespace {

std::string post_with(std::string const& fields, std::string const& rest = "") {
    return "POST /echo HTTP/1.1\r\nHost: example\r\n" + fields + "\r\n\r\n" + rest;
}

std::string chunked(std::string const& body) {
    return post_with("Transfer-Encoding: chunked", body);
}

refused_case const framings[] = {
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

refused_case const chunks[] = {
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
};

}  // namespace

TEST_CASE("a body of unclear length is answered with 400 and the close") {
    check_refused(framings);
}

TEST_CASE("a malformed chunk is answered with 400 and the close") { check_refused(chunks); }
