#include "support/catch.hpp"
#include "support/text_file.hpp"

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

namespace {

/// A block of code of the document.
struct excerpt {
    std::string file;  ///< Which a comment above it names; empty without one.
    std::string kind;
    std::string code;
};

std::vector<excerpt> excerpts_of(std::string const& document) {
    std::vector<excerpt> all;
    std::istringstream lines(document);
    std::string const before = "<!-- tests/", after = " -->", fence = "```";
    std::string above;
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with(fence)) {
            excerpt each{"", line.substr(fence.size()), ""};
            if (above.starts_with(before))
                each.file = above.substr(before.size(), above.find(after) - before.size());
            while (std::getline(lines, line) && line != fence) each.code += line + '\n';
            all.push_back(each);
        }
        above = line;
    }
    return all;
}

}  // namespace

TEST_CASE("all code in the tutorial stands in the files that are tested here") {
    auto const document = text_file("../docs/tutorial.md");
    auto const all = excerpts_of(document);
    for (auto const& each : all) {
        INFO(each.code);
        CHECK_FALSE(each.file.empty());
        if (each.file.empty()) continue;
        INFO(each.file);
        CHECK(each.kind == (each.file.ends_with("pp")      ? "cpp"
                            : each.file.ends_with(".conf") ? "nginx"
                                                           : "cmake"));
        auto const whole = "\n" + text_file(each.file);
        CHECK(whole.find("\n" + each.code) != whole.npos);
    }
    CHECK(all.size() > 10);
    // Its reader never has to guess what a step's program is as a whole.
    for (int step = 2; step <= 10; ++step) {
        auto const link = "(../tests/tutorial/step_" + std::to_string(step) + ".cpp)";
        INFO(link);
        CHECK(document.find(link) != document.npos);
    }
}
