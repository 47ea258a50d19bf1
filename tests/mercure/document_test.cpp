// The tests that docs/mercure.md names for what the specification requires.

#include "support/catch.hpp"
#include "support/text_file.hpp"

#include <filesystem>
#include <set>
#include <sstream>
#include <string>
#include <utility>

namespace {

/// The name in each line that begins a test, with what the lines after it add to it.
void append_names(std::string const& text, std::string const& folder, std::set<std::string>& to) {
    for (auto at = text.find("TEST_CASE"); at != text.npos; at = text.find("TEST_CASE", at + 1)) {
        auto const open = text.find('(', at);
        auto const end = text.find(") {", open);
        std::string name;
        bool inside = false;
        for (char const c : text.substr(open, end - open)) {
            if (c == '"')
                inside = !inside;
            else if (inside)
                name += c;
        }
        to.insert(folder + ": " + name);
    }
}

std::set<std::string> all_tests() {
    std::set<std::string> names;
    namespace files = std::filesystem;
    for (auto const& each : files::recursive_directory_iterator(TEST_SOURCE_DIR)) {
        if (each.path().extension() != ".cpp") continue;
        auto const path = files::relative(each.path(), TEST_SOURCE_DIR);
        append_names(text_file(path.string()), path.begin()->string(), names);
    }
    return names;
}

}  // namespace

TEST_CASE("each test that docs/mercure.md names for a requirement is there") {
    auto const names = all_tests();
    std::istringstream lines(text_file("../docs/mercure.md"));
    std::size_t rows = 0;
    bool in_table = false;
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("| section | requirement")) in_table = true;
        if (line.empty()) in_table = false;
        if (!in_table || !line.starts_with("| ") || line.starts_with("| section")) continue;
        ++rows;
        auto const tests = line.substr(line.rfind(" | ", line.rfind(" |") - 1));
        std::size_t named = 0;
        for (auto at = tests.find('`'); at != tests.npos; ++named) {
            auto const end = tests.find('`', at + 1);
            auto const name = tests.substr(at + 1, end - at - 1);
            INFO(name);
            CHECK(names.count(name) == 1);
            at = tests.find('`', end + 1);
        }
        INFO(line);
        CHECK(named > 0);
    }
    CHECK(rows > 50);
}
