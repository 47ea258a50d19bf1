#include "http1/conversation.hpp"
#include "http1/example_routes.hpp"

#include "support/catch.hpp"

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

using namespace std::chrono_literals;

namespace {

fibercast::http_limits const defaults;

std::string get_with(std::string const& fields) {
    return "GET / HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n";
}

/// A valid request whose header has this many bytes.
std::string header_of(std::size_t bytes) {
    auto const without = get_with("X: \r\n").size();
    return get_with("X: " + std::string(bytes - without, 'x') + "\r\n");
}

std::string post(std::string const& field, std::string const& rest = "") {
    return "POST /echo HTTP/1.1\r\nHost: a\r\n" + field + "\r\n\r\n" + rest;
}

std::string status_of(std::string const& input, fibercast::http_limits const& limits = defaults) {
    auto const routes = example::routes();
    memory_stream peer(input, memory_stream::then::silence);
    serve(peer, routes, limits);
    auto const answer = peer.output();
    CHECK(count_of("HTTP/1.1 ", answer) == 1);
    return status_line(answer);
}

/// An input that goes on until somebody answers, up to 100 pieces.
void check_ends_early(std::string const& beginning, std::string const& piece,
                      std::string const& answer) {
    std::vector<std::string> input{beginning};
    input.resize(1 + 100, piece);
    auto const routes = example::routes();
    memory_stream peer(input, memory_stream::then::silence);
    serve(peer, routes);
    CHECK(status_line(peer.output()) == answer);
    CHECK(peer.pieces_left() > 80);
}

constexpr auto ok = "HTTP/1.1 200 OK";
constexpr auto header_too_large = "HTTP/1.1 431 Request Header Fields Too Large";
constexpr auto body_too_large = "HTTP/1.1 413 Payload Too Large";

}  // namespace

TEST_CASE("a header may have 8 KiB") {
    CHECK(status_of(header_of(8 * 1024)) == ok);
    CHECK(status_of(header_of(8 * 1024 + 1)) == header_too_large);
    CHECK(status_of(header_of(100 * 1024)) == header_too_large);
}

TEST_CASE("many small fields count like a large one") {
    std::string fields;
    for (int i = 0; i < 1500; ++i) fields += "a: b\r\n";
    CHECK(status_of(get_with(fields)) == header_too_large);
}

TEST_CASE("a request line counts as part of the header") {
    CHECK(status_of("GET /" + std::string(9000, 'x') + " HTTP/1.1\r\nHost: a\r\n\r\n") ==
          header_too_large);
    CHECK(status_of(std::string(9000, 'G')) == header_too_large);
}

TEST_CASE("a header without end is answered before much of it is held") {
    auto const kilobyte = std::string(1024, 'x');
    check_ends_early("GET / HTTP/1.1\r\nHost: a\r\nX: ", kilobyte, header_too_large);
    check_ends_early("GET / HTTP/1.1\r\nHost: a\r\n", "X: " + kilobyte + "\r\n", header_too_large);
    check_ends_early("GET /", kilobyte, header_too_large);
}

TEST_CASE("the header of a later request has the same limit") {
    auto const routes = example::routes();
    memory_stream peer(header_of(8000) + header_of(8000) + header_of(9000));
    serve(peer, routes);
    CHECK(count_of("HTTP/1.1 200", peer.output()) == 2);
    CHECK(count_of("HTTP/1.1 431", peer.output()) == 1);
}

TEST_CASE("a body may be as large as the limit") {
    fibercast::http_limits limits;
    limits.body_bytes = 5;
    CHECK(status_of(post("Content-Length: 5", "hello"), limits) == ok);
    CHECK(status_of(post("Content-Length: 6", "hello!"), limits) == body_too_large);
    CHECK(status_of(post("Transfer-Encoding: chunked", "5\r\nhello\r\n0\r\n\r\n"), limits) == ok);
    CHECK(status_of(post("Transfer-Encoding: chunked", "6\r\nhello!\r\n0\r\n\r\n"), limits) ==
          body_too_large);
    CHECK(status_of(post("Transfer-Encoding: chunked", "5\r\nhello\r\n1\r\n!\r\n0\r\n\r\n"),
                    limits) == body_too_large);
}

TEST_CASE("a body of a megabyte arrives whole") {
    std::string body(1024 * 1024, ' ');
    for (std::size_t i = 0; i < body.size(); ++i) body[i] = static_cast<char>('a' + i % 26);
    auto const routes = example::routes();
    CHECK(answer_to(post("Content-Length: 1048576", body), routes).ends_with("\r\n\r\n" + body));
    CHECK(
        answer_to(post("Transfer-Encoding: chunked", "100000\r\n" + body + "\r\n0\r\n\r\n"), routes)
            .ends_with("\r\n\r\n" + body));
}

TEST_CASE("a size line or trailers without end are answered before much of them is held") {
    auto const chunked = post("Transfer-Encoding: chunked");
    auto const kilobyte = std::string(1024, 'x');
    check_ends_early(chunked + "1;a=", kilobyte, header_too_large);
    check_ends_early(chunked + "0\r\nX: ", kilobyte, header_too_large);
    check_ends_early(chunked + "0\r\n", "X: " + kilobyte + "\r\n", header_too_large);
}

TEST_CASE("very low limits are kept as well") {
    fibercast::http_limits limits;
    limits.header_bytes = 40;
    CHECK(status_of(get_with(""), limits) == ok);
    CHECK(status_of(get_with("X: " + std::string(30, 'x') + "\r\n"), limits) == header_too_large);
}

namespace {

/// The spans of the deadlines that a connection sets, when a limit's are so many hours as its place
/// in the list says, from 1; 0: none.
std::vector<int> hours_of(std::vector<std::string> const& input) {
    fibercast::http_limits limits;
    limits.header_time = 1h;
    limits.body_time = 2h;
    limits.idle_time = 3h;
    limits.linger_time = 4h;
    auto const start = std::chrono::steady_clock::now();
    auto const routes = example::routes();
    memory_stream peer(input, memory_stream::then::silence);
    serve(peer, routes, limits);
    auto const end = std::chrono::steady_clock::now();
    std::vector<int> spans;
    for (auto const deadline : peer.deadlines()) {
        int hours = 0;
        if (deadline != fibercast::never) {
            hours = static_cast<int>((deadline - start) / 1h);
            CHECK(deadline >= start + hours * 1h);
            CHECK(deadline <= end + hours * 1h);
        }
        spans.push_back(hours);
    }
    return spans;
}

}  // namespace

TEST_CASE("header, body, idling and lingering have deadlines, and handlers and answers have none") {
    CHECK(hours_of({post("Content-Length: 5"), "hello", "nonsense\r\n\r\n"}) ==
          std::vector{1, 2, 0, 3, 1, 4});
}

TEST_CASE("a line end behind a body begins no request") {
    std::vector const idling{1, 2, 0, 3};
    auto const whole = post("Content-Length: 5", "hello");
    CHECK(hours_of({whole + "\r\n"}) == idling);
    CHECK(hours_of({whole + "\r", "\n"}) == idling);
    CHECK(hours_of({whole, "\r\n"}) == idling);
    CHECK(hours_of({whole + "\r\nG"}) == std::vector{1, 2, 0, 3, 1});
    CHECK(hours_of({whole, "\r\n", get_with("")}) == std::vector{1, 2, 0, 3, 1, 0, 3});
    CHECK(hours_of({whole, "\r\n", "\r\n"}) == std::vector{1, 2, 0, 3, 1, 4});  // one is enough
}
