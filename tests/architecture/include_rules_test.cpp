#include "architecture/include_rules.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace {

using lines = std::vector<std::string>;

std::string contents_of(std::filesystem::path const& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

}  // namespace

TEST_CASE("no folder includes anything above it") {
    std::filesystem::path const project = PROJECT_SOURCE_DIR;
    for (auto const& layer : layers()) {
        std::size_t files = 0;
        for (auto const& folder :
             {project / "include/fibercast" / layer, project / "src" / layer}) {
            if (!std::filesystem::exists(folder)) continue;
            for (auto const& each : std::filesystem::recursive_directory_iterator(folder)) {
                if (!each.is_regular_file()) continue;
                ++files;
                auto const name = each.path().lexically_relative(project).string();
                CHECK(forbidden_includes(layer, name, contents_of(each.path())) == lines());
            }
        }
        INFO(layer);
        CHECK(files > 0);
    }
}

TEST_CASE("no folder of the benchmark includes anything above it") {
    std::filesystem::path const bench = std::filesystem::path(PROJECT_SOURCE_DIR) / "bench";
    lines const folders{"process", "clients", "contest", "questions"};
    std::size_t includes = 0;
    for (std::size_t height = 0; height < folders.size(); ++height) {
        for (auto const& each : std::filesystem::directory_iterator(bench / folders[height])) {
            auto const text = contents_of(each.path());
            for (std::size_t other = 0; other < folders.size(); ++other) {
                if (text.find("#include \"" + folders[other] + "/") == text.npos) continue;
                INFO(each.path() << " includes " << folders[other]);
                CHECK(other <= height);
                ++includes;
            }
        }
    }
    CHECK(includes > 0);
}

TEST_CASE("every folder is a layer") {
    std::filesystem::path const project = PROJECT_SOURCE_DIR;
    for (auto const& folder : {project / "include/fibercast", project / "src"}) {
        for (auto const& each : std::filesystem::directory_iterator(folder)) {
            if (!each.is_directory()) continue;
            INFO(each.path());
            CHECK(std::count(layers().begin(), layers().end(), each.path().filename()) == 1);
        }
    }
}

TEST_CASE("an include that points upwards is named with its file and line") {
    CHECK(forbidden_includes("http", "src/http/bad.cpp",
                             "#include <vector>\n#include <fibercast/sse/hub.hpp>\n") ==
          lines{"src/http/bad.cpp:2: #include <fibercast/sse/hub.hpp>"});
}

TEST_CASE("each folder may include what is below it, and nothing else") {
    auto const& all = layers();
    for (std::size_t from = 0; from < all.size(); ++from) {
        for (std::size_t to = 0; to < all.size(); ++to) {
            INFO(all[from] << " includes " << all[to]);
            auto const found =
                forbidden_includes(all[from], "f", "#include <fibercast/" + all[to] + "/x.hpp>");
            CHECK(found.empty() == (to <= from && !(all[from] == "sse" && all[to] == "net")));
        }
    }
}

TEST_CASE("all of the library at once is for the app") {
    auto const umbrella = "#include <fibercast/fibercast.hpp>";
    CHECK(forbidden_includes("app", "f", umbrella).empty());
    CHECK(forbidden_includes("server", "f", umbrella).size() == 1);
    CHECK(forbidden_includes("runtime", "f", umbrella).size() == 1);
}

TEST_CASE("what is in quotes is in the same folder") {
    CHECK(forbidden_includes("net", "f", "#include \"near.hpp\"").empty());
    CHECK(forbidden_includes("net", "f", "#include \"../runtime/far.hpp\"").size() == 1);
    CHECK(forbidden_includes("net", "f", "#include \"runtime/far.hpp\"").size() == 1);
}

TEST_CASE("spaces and comments hide no include") {
    for (auto const* line :
         {"  #  include  <fibercast/server/server.hpp>", "#include<fibercast/server/server.hpp>",
          "#include <fibercast/server/server.hpp>  // really"}) {
        INFO(line);
        CHECK(forbidden_includes("net", "f", line).size() == 1);
    }
    CHECK(forbidden_includes("net", "f", "// like #include <fibercast/server/server.hpp>").empty());
}
