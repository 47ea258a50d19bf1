#include "support/catch.hpp"
#include "support/child_process.hpp"
#include "support/listening_port.hpp"
#include "support/tcp_client.hpp"
#include "support/text_file.hpp"

#include <string>

namespace {

/// The code block that follows a marker line in a Markdown text; empty without one.
std::string code_after(std::string const& marker, std::string const& text) {
    std::string const opening = marker + "\n```cpp\n";
    auto const start = text.find(opening);
    if (start == text.npos) return {};
    auto const code = start + opening.size();
    return text.substr(code, text.find("```", code) - code);
}

/// Runs the program and waits until it listens.
struct listening_program {
    child_process program{{README_PROGRAM}};
    std::uint16_t port = listening_port(program.pid());
};

/// A client that has connected.
tcp_client connected(std::uint16_t port) {
    tcp_client client(port);
    client.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    auto const answer = client.read_until("data: Successfully connected\n\n\r\n");
    CHECK(answer.starts_with("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"));
    return client;
}

}  // namespace

TEST_CASE("the program in README.md is the one that is tested here") {
    auto const in_readme = code_after("<!-- tests/readme/fifteen_lines.cpp is this program -->",
                                      text_file("../README.md"));
    CHECK_FALSE(in_readme.empty());
    CHECK(in_readme == text_file("readme/fifteen_lines.cpp"));
}

TEST_CASE("each line of the program's standard input reaches every client as an event") {
    listening_program running;
    auto first = connected(running.port);
    auto second = connected(running.port);
    for (std::string const line : {"Hello", "world"}) {
        running.program.write(line + "\n");
        for (auto* each : {&first, &second})
            CHECK(each->read_until("\n\n\r\n") == "d\r\ndata: " + line + "\n\n\r\n");
    }
}

TEST_CASE("the program ends with its standard input, and its clients' streams with it") {
    listening_program running;
    auto client = connected(running.port);
    running.program.close_input();
    CHECK(running.program.wait() == 0);
    CHECK(client.read_all() == "0\r\n\r\n");
}
