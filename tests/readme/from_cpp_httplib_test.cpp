#include "support/catch.hpp"
#include "support/child_process.hpp"
#include "support/curl.hpp"
#include "support/eventually.hpp"
#include "support/text_file.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace {

std::string without_blanks(std::string_view text) {
    std::string rest(text);
    std::erase_if(rest, [](char c) { return c == ' ' || c == '\n'; });
    return rest;
}

/// What stands in backticks in the last columns of the tables.
std::vector<std::string> right_hand_sides(std::string const& document) {
    std::vector<std::string> all;
    std::size_t at = 0;
    while ((at = document.find("\n| ", at)) != document.npos) {
        auto const row = document.substr(at + 1, document.find('\n', at + 1) - at - 1);
        ++at;
        auto cell = row.substr(row.find(" | ") + 3);
        for (std::size_t tick = 0; (tick = cell.find('`', tick)) != cell.npos;) {
            auto const end = cell.find('`', tick + 1);
            all.push_back(cell.substr(tick + 1, end - tick - 1));
            tick = end + 1;
        }
    }
    return all;
}

}  // namespace

TEST_CASE("what the document says for cpp-httplib's users is in the program that is run here") {
    auto const program = without_blanks(text_file("readme/from_cpp_httplib.cpp"));
    auto const all = right_hand_sides(text_file("../docs/from-cpp-httplib.md"));
    CHECK(all.size() > 30);
    // These are no code of the program's: placeholders, and names alone.
    std::vector<std::string> const words = {"{number}",       "{path...}",  "set",     "set_logger",
                                            "out.write(...)", "write_body", "blocking"};
    for (auto const& each : all) {
        if (std::find(words.begin(), words.end(), each) != words.end()) continue;
        INFO(each);
        CHECK(program.find(without_blanks(each)) != program.npos);
    }
}

TEST_CASE("the program does what the document says") {
    child_process program({FROM_CPP_HTTPLIB});
    auto const port = program.output().until("\n");
    auto const base = "http://127.0.0.1:" + port.substr(0, port.size() - 1);
    auto const get = [&](std::string const& path, std::vector<std::string> options = {}) {
        return fetch(base + path, options);
    };
    CHECK(get("/hi") == "Hello");
    CHECK(get("/users/7") == "7\n");
    CHECK(get("/jobs?key=a&tag=b&tag=c", {"-X", "PUT", "-d", "body", "-H", "X-Name: me"}) ==
          "PUT /jobs body me a 2 peer\n");
    CHECK(get("/form", {"-d", "key=two+words"}) == "two words");
    CHECK(get("/countdown") == "3\n2\n1\n");
    CHECK(get("/lines") == "a line\n");
    CHECK(get("/slow") == "42\n");
    CHECK_THAT(get("/redirect", {"-i"}), ContainsSubstring("Location: /hi\r\n"));
    CHECK_THAT(get("/absent", {"-i"}), StartsWith("HTTP/1.1 404 "));
    CHECK_THAT(get("/throws", {"-i"}),
               StartsWith("HTTP/1.1 400 ") && ContainsSubstring("X-Served-By: fibercast\r\n"));
    CHECK_THAT(get("/hi", {"-i", "-H", "X-Name: nobody"}), StartsWith("HTTP/1.1 403 "));
    curl stream(base + "/events", {"-i", "--compressed"});
    stream.output().until("\r\n\r\n");
    program.write("say it\n");
    CHECK_THAT(stream.output().until("\n\n"), ContainsSubstring("data: Hello\n\n"));
    program.close_input();
    CHECK(program.wait() == 0);
}
