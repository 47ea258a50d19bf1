#include "support/catch.hpp"
#include "support/child_process.hpp"
#include "support/curl.hpp"
#include "support/text_file.hpp"

#include <csignal>
#include <filesystem>
#include <string>

namespace {

std::string all_recipes() {
    std::string all;
    std::filesystem::path const folder = TEST_SOURCE_DIR "/cookbook";
    for (auto const& each : std::filesystem::directory_iterator(folder)) {
        if (each.path().extension() == ".cpp")
            all += text_file("cookbook/" + each.path().filename().string());
    }
    return all;
}

}  // namespace

TEST_CASE("each recipe in docs/cookbook.md is code that is run here") {
    auto const recipes = all_recipes();
    auto const document = text_file("../docs/cookbook.md");
    std::string const opening = "```cpp\n";
    int count = 0;
    for (std::size_t at = 0; (at = document.find(opening, at)) != document.npos; ++count) {
        at += opening.size();
        auto const code = document.substr(at, document.find("```", at) - at);
        INFO(code);
        CHECK(recipes.find(code) != recipes.npos);
    }
    CHECK(count == 10);
}

TEST_CASE("cookbook: shutdown with signals") {
    child_process program({COOKBOOK_SHUTDOWN});
    auto const port = program.output().until("\n");
    auto const url = "http://127.0.0.1:" + port.substr(0, port.size() - 1) + "/";
    curl_stream client(url);
    program.send(SIGTERM);
    client.output().until("retry: ");  // when to come back
    CHECK(client.wait() == curl_unfinished);
    CHECK(program.wait() == 0);
}
