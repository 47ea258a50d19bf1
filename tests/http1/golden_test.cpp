#include "http1/conversation.hpp"
#include "http1/example_routes.hpp"
#include "support/captured_log.hpp"
#include "support/text_file.hpp"

#include "support/catch.hpp"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <string>

namespace {

struct exchange_case {
    std::string golden;  ///< The file with the answer, byte for byte.
    std::string request;
};

std::string const host = "Host: example\r\n";

/// A request without a body.
std::string ask(std::string const& method, std::string const& target,
                std::string const& fields = host, std::string const& version = "1.1") {
    return method + " " + target + " HTTP/" + version + "\r\n" + fields + "\r\n";
}

std::string post(std::string const& body, std::string const& fields = "") {
    auto const length = "Content-Length: " + std::to_string(body.size()) + "\r\n";
    return ask("POST", "/echo", host + length + fields) + body;
}

exchange_case const exchanges[] = {
    {"text", ask("GET", "/")},
    {"text_close", ask("GET", "/", host + "Connection: close\r\n") + ask("GET", "/")},
    {"text_close", ask("GET", "/", "", "1.0") + ask("GET", "/")},
    {"keep_alive_1_0", ask("GET", "/", "Connection: keep-alive\r\n", "1.0") +
                           ask("GET", "/", "Connection: Keep-Alive\r\n", "1.0")},
    {"empty", ask("GET", "/empty")},
    {"no_content", ask("GET", "/nothing")},
    {"head", ask("HEAD", "/")},
    {"head_unknown_length", ask("HEAD", "/chunks")},
    {"head_unknown_length_1_0", ask("HEAD", "/chunks", "", "1.0")},
    {"not_found", ask("GET", "/none")},
    {"method_not_allowed", ask("DELETE", "/")},
    {"method_not_allowed_post", ask("GET", "/echo")},
    {"handler_throws", ask("GET", "/throws") + ask("GET", "/")},
    {"handler_throws", ask("GET", "/throws-a-number") + ask("GET", "/")},
    {"bad_request", "nonsense\r\n\r\n"},
    {"bad_head_request", ask("HEAD", "/", "")},
    {"header_too_large", ask("GET", "/", host + "X: " + std::string(9000, 'x') + "\r\n")},
    {"body_too_large", ask("POST", "/echo", host + "Content-Length: 1048577\r\n")},
    {"strings_chunked", ask("GET", "/strings")},
    {"strings_until_close", ask("GET", "/strings", "Connection: keep-alive\r\n", "1.0")},
    {"chunks_chunked", ask("GET", "/chunks")},
    {"chunks_until_close", ask("GET", "/chunks", "", "1.0")},
    {"unsized_type", ask("GET", "/countdown")},
    {"sized_type", ask("GET", "/repeated")},
    {"post", post("hello")},
    {"post", ask("POST", "/echo", host + "Transfer-Encoding: chunked\r\n") +
                 "3\r\nhel\r\n2;extension=1\r\nlo\r\n0\r\nTrailer: yes\r\n\r\n"},
    {"continue", post("hello", "Expect: 100-continue\r\n")},
    {"pipelined", post("one") + ask("GET", "/none") + ask("GET", "/chunks")},
};

std::string golden(exchange_case const& of) {
    return text_file("http1/golden/" + of.golden + ".txt");
}

}  // namespace

TEST_CASE("each response goes over the wire exactly as its golden file says") {
    captured_log const log;  // two handlers throw
    for (auto const& each : exchanges) {
        INFO(each.request);
        CHECK(answer_to(each.request, example::routes()) == golden(each));
    }
}

TEST_CASE("a response does not depend on how the request is cut into packets") {
    captured_log const log;
    for (auto const& each : exchanges) {
        INFO(each.request);
        memory_stream peer(byte_by_byte(each.request));
        serve(peer, example::routes());
        CHECK(peer.output() == golden(each));
    }
}

TEST_CASE("a response does not depend on how the peer takes it") {
    captured_log const log;
    for (std::size_t portion : {1, 2, 7, 100}) {
        for (auto const& each : exchanges) {
            INFO(each.request << "taken in portions of " << portion);
            memory_stream peer(each.request);
            peer.take_at_most(portion);
            serve(peer, example::routes());
            CHECK(peer.output() == golden(each));
        }
    }
}

TEST_CASE(
    "the end of a connection is told to the peer after the last response, which it may read") {
    captured_log const log;
    auto const closes = {"text_close", "chunks_until_close", "bad_request"};
    for (auto const& each : exchanges) {
        if (std::find(closes.begin(), closes.end(), each.golden) == closes.end()) continue;
        INFO(each.request);
        memory_stream peer(each.request, memory_stream::then::silence);
        serve(peer, example::routes());
        CHECK(peer.output() == golden(each));
        CHECK(peer.linger_bytes());
    }
}

TEST_CASE("every golden file is compared with something") {
    auto const folder = std::filesystem::path(TEST_SOURCE_DIR) / "http1/golden";
    for (auto const& file : std::filesystem::directory_iterator(folder)) {
        INFO(file.path());
        CHECK(std::any_of(
            std::begin(exchanges), std::end(exchanges),
            [&](exchange_case const& each) { return each.golden == file.path().stem(); }));
    }
}
