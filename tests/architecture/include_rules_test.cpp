#include "architecture/include_rules.hpp"

#include "support/catch.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace {

using lines = std::vector<std::string>;

std::string contents_of(std::filesystem::path const& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::filesystem::path const project = PROJECT_SOURCE_DIR;

std::vector<std::filesystem::path> files_of(std::string const& layer) {
    std::vector<std::filesystem::path> all;
    for (auto const& folder : {project / "include/fibercast" / layer, project / "src" / layer}) {
        if (!std::filesystem::exists(folder)) continue;
        for (auto const& each : std::filesystem::recursive_directory_iterator(folder)) {
            if (each.is_regular_file()) all.push_back(each.path());
        }
    }
    return all;
}

lines in_backticks(std::string const& line) {
    lines found;
    for (std::size_t end = 0, begin = 0; (begin = line.find('`', end)) != line.npos;) {
        end = line.find('`', begin + 1);
        if (end == line.npos) break;
        found.push_back(line.substr(begin + 1, end - begin - 1));
        ++end;
    }
    return found;
}

}  // namespace

TEST_CASE("a folder includes itself and what its row names, and all that its row names") {
    for (auto const& [layer, below] : layers()) {
        std::set<std::string> included;
        for (auto const& each : files_of(layer)) {
            auto const name = each.lexically_relative(project).string();
            auto const text = contents_of(each);
            CHECK(forbidden_includes(layer, name, text) == lines());
            included.merge(included_layers(text));
        }
        for (auto const& each : below) {
            INFO(layer << " includes " << each);
            CHECK(included.count(each) == 1);
        }
    }
}

TEST_CASE("the document has the same table") {
    std::istringstream document(contents_of(project / "docs/architecture.md"));
    std::map<std::string, lines> rows;
    for (std::string line; std::getline(document, line);) {
        std::istringstream row(line);
        std::string nothing, folder, what, below;
        for (auto* const cell : {&nothing, &folder, &what, &below}) std::getline(row, *cell, '|');
        if (auto const names = in_backticks(folder); names.size() == 1)
            rows[names.front()] = in_backticks(below);
    }
    for (auto const& each : layers()) {
        INFO(each.name);
        CHECK(rows[each.name] == each.below);
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
            CHECK(std::count_if(layers().begin(), layers().end(), [&](layer const& it) {
                      return it.name == each.path().filename();
                  }) == 1);
        }
    }
}

TEST_CASE("an include that points upwards is named with its file and line") {
    CHECK(forbidden_includes("http", "src/http/bad.cpp",
                             "#include <vector>\n#include <fibercast/sse/hub.hpp>\n") ==
          lines{"src/http/bad.cpp:2: #include <fibercast/sse/hub.hpp>"});
}

TEST_CASE("each folder may include what is written below it, and nothing else") {
    std::vector<std::string> before;
    for (auto const& from : layers()) {
        for (auto const& it : from.below) CHECK(std::count(before.begin(), before.end(), it) == 1);
        before.push_back(from.name);
        for (auto const& to : layers()) {
            INFO(from.name << " includes " << to.name);
            bool const allowed = from.name == to.name ||
                                 std::count(from.below.begin(), from.below.end(), to.name) != 0;
            CHECK(forbidden_includes(from.name, "f", "#include <fibercast/" + to.name + "/x.hpp>")
                      .empty() == allowed);
            CHECK(
                forbidden_includes(from.name, "f", "#include \"" + to.name + "/x.hpp\"").empty() ==
                allowed);
        }
    }
}

TEST_CASE("siblings do not know each other") {
    for (auto const& [from, to] :
         {std::pair("sse", "server"), std::pair("service", "net"), std::pair("service", "server"),
          std::pair("http", "http1"), std::pair("http", "net"), std::pair("net", "http")}) {
        INFO(from << " includes " << to);
        CHECK(forbidden_includes(from, "f", std::string("#include <fibercast/") + to + "/x.hpp>")
                  .size() == 1);
    }
}

TEST_CASE("all of the library at once is for the app") {
    auto const umbrella = "#include <fibercast/fibercast.hpp>";
    CHECK(forbidden_includes("app", "f", umbrella).empty());
    CHECK(forbidden_includes("server", "f", umbrella).size() == 1);
    CHECK(forbidden_includes("runtime", "f", umbrella).size() == 1);
}

TEST_CASE("what is in quotes is in the same folder, or below") {
    CHECK(forbidden_includes("net", "f", "#include \"near.hpp\"").empty());
    CHECK(forbidden_includes("net", "f", "#include \"runtime/below.hpp\"").empty());
    CHECK(forbidden_includes("net", "f", "#include \"../runtime/far.hpp\"").size() == 1);
    CHECK(forbidden_includes("net", "f", "#include \"server/above.hpp\"").size() == 1);
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
