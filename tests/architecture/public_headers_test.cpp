#include "support/catch.hpp"

#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace {

std::filesystem::path const headers =
    std::filesystem::path(PROJECT_SOURCE_DIR) / "include/fibercast";

bool has_line(std::filesystem::path const& path, std::string const& wanted) {
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);)
        if (line == wanted) return true;
    return false;
}

/// What a header declares and leaves to src/ without a mark. As clang-format writes it: what begins a
/// line is in no class.
std::vector<std::string> unmarked(std::istream& header) {
    static std::regex const begins("[A-Za-z].*[^:]");
    static std::regex const defined_here(
        "(template|inline|constexpr|using|namespace|enum|static_assert|FIBERCAST_API).*");
    static std::regex const class_begins("(class|struct) .*\\{");
    static std::regex const function(".*\\(.*;");
    static std::regex const member("    [a-z~].*\\)( const| noexcept| override| final)*;");
    static std::regex const member_without_code(".*( = |\\{|\\(\\*).*|    (friend|using) .*");
    std::vector<std::string> found;
    std::string unmarked_class;
    for (std::string line; std::getline(header, line);) {
        if (!unmarked_class.empty() && std::regex_match(line, member) &&
            !std::regex_match(line, member_without_code))
            found.push_back(unmarked_class + line);
        if (line == "};") unmarked_class.clear();
        if (!std::regex_match(line, begins)) continue;
        for (std::string more; line.find_first_of(";{") == line.npos && std::getline(header, more);)
            line += more;
        if (std::regex_match(line, defined_here)) continue;
        if (!std::regex_match(line, class_begins)) {
            if (std::regex_match(line, function)) found.push_back(line);
        } else if (line.find("FIBERCAST_API") == line.npos) {
            unmarked_class = line;
        }
    }
    return found;
}

}  // namespace

TEST_CASE("what public headers declare and src/ defines is marked as shown") {
    using lines = std::vector<std::string>;
    auto const unmarked_in = [](std::string const& text) {
        std::istringstream header(text);
        return unmarked(header);
    };
    CHECK(unmarked_in("FIBERCAST_API int one(int);\ninline int two() { return 2; }\n") == lines());
    CHECK(unmarked_in("template <typename T>\nint one(T);\n") == lines());
    CHECK(unmarked_in("int one(int,\n        int);\n") == lines{"int one(int,        int);"});
    CHECK(unmarked_in("struct one {\n    int two(int) const;\n};\n") ==
          lines{"struct one {    int two(int) const;"});
    CHECK(unmarked_in("class FIBERCAST_API one {\n    int two();\n};\n") == lines());
    for (auto const& each : std::filesystem::recursive_directory_iterator(headers)) {
        INFO(each.path());
        std::ifstream header(each.path());
        CHECK(unmarked(header) == lines());
    }
}

TEST_CASE("whichever public header comes first tells who has an older C++ than 20") {
    std::size_t told = 0;
    for (auto const& each : std::filesystem::recursive_directory_iterator(headers)) {
        auto const& path = each.path();
        bool const declares_nothing =
            path == headers / "api.hpp" || path == headers / "version.hpp";
        if (path.extension() != ".hpp" || declares_nothing) continue;
        INFO(path);
        CHECK(has_line(path, "#include <fibercast/api.hpp>"));
        ++told;
    }
    CHECK(told > 100);
}
