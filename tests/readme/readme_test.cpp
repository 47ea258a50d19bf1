#include "support/catch.hpp"
#include "support/child_process.hpp"
#include "support/listening_port.hpp"
#include "support/tcp_client.hpp"
#include "support/text_file.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace {

/// The code block that follows a marker line in a Markdown text; empty without one.
std::string code_after(std::string const& marker, std::string const& text) {
    std::string const opening = marker + "\n```cpp\n";
    auto const start = text.find(opening);
    if (start == text.npos) return {};
    auto const code = start + opening.size();
    return text.substr(code, text.find("```", code) - code);
}

/// The targets of a Markdown text's links to files, without their anchors.
std::vector<std::string> links_of(std::string const& text) {
    std::vector<std::string> targets;
    for (std::size_t at = 0; (at = text.find("](", at)) != text.npos;) {
        at += 2;
        auto const target = text.substr(at, text.find_first_of("#)", at) - at);
        if (!target.empty() && target.find_first_of(": ") == target.npos) targets.push_back(target);
    }
    return targets;
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

TEST_CASE("each link in the documents leads to a file that is there") {
    std::filesystem::path const project = PROJECT_SOURCE_DIR;
    std::vector<std::filesystem::path> documents{project / "README.md", project / "CHANGELOG.md",
                                                 project / "CONTRIBUTING.md"};
    for (auto const& each : std::filesystem::recursive_directory_iterator(project / "docs"))
        if (each.path().extension() == ".md") documents.push_back(each.path());
    std::size_t links = 0;
    for (auto const& document : documents) {
        for (auto const& target :
             links_of(text_file(document.lexically_relative(TEST_SOURCE_DIR).string()))) {
            INFO(document << " has a link to " << target);
            CHECK(std::filesystem::exists(document.parent_path() / target));
            ++links;
        }
    }
    CHECK(links > 20);
}

TEST_CASE("each line of the program's standard input reaches every client as an event") {
    listening_program running;
    auto first = connected(running.port);
    auto second = connected(running.port);
    for (std::string const line : {"Hello", "world"}) {
        running.program.write(line + "\n");
        for (auto* each : {&first, &second}) {
            auto const event = each->read_until("\n\n\r\n");
            CHECK(event.ends_with("\ndata: " + line + "\n\n\r\n"));
            CHECK(event.find("id: #") != event.npos);
        }
    }
}

TEST_CASE("the program ends with its standard input, and its clients' streams with it") {
    listening_program running;
    auto client = connected(running.port);
    running.program.close_input();
    CHECK(running.program.wait() == 0);
    CHECK(client.read_all().empty());
}
