#include "support/catch.hpp"

#include <filesystem>
#include <fstream>
#include <optional>
#include <regex>
#include <sstream>
#include <string>
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

/// The next declaration of a header, or as much of it as ends with a brace, without line breaks and
/// comments. Nothing: there is no more.
std::optional<std::string> next_declaration(std::istream& header) {
    static std::regex const comment(" *//.*");
    static std::regex const has_more("    [A-Za-z~\\[].*[^;{}:]|[A-Za-z\\[].*[^;{}:]");
    std::string line;
    if (!std::getline(header, line)) return std::nullopt;
    line = std::regex_replace(line, comment, "");
    for (std::string more; std::regex_match(line, has_more) && std::getline(header, more);)
        line += std::regex_replace(more, comment, "");
    return line;
}

/// What a header declares and leaves to src/ without a mark. As clang-format writes it: what begins a
/// line is in no class, and members are behind four blanks.
std::vector<std::string> unmarked(std::istream& header) {
    static std::regex const elsewhere("(|[ }#].*|[a-z]+:)");
    static std::regex const marked_or_here(
        "(template|inline|const\\w+|using|namespace|enum|static_assert|FIBERCAST_API)\\b.*");
    static std::regex const begins_class("(class|struct) (?!FIBERCAST_API).*\\{");
    static std::regex const has_code(".*\\(.*;|extern .*;");
    static std::regex const member(
        "    [A-Za-z~\\[].*\\)( const| noexcept| override| final| &+)*;");
    static std::regex const other_member(
        "[^(]* = .*|[^(]*\\(\\*.*|    (friend|static_assert|using) .*");
    // A `catch` or a `dynamic_cast` in a program wants the one type.
    static std::regex const is_virtual("    (virtual .*|.* override .*)");
    static std::regex const is_exception("(class|struct) (?!FIBERCAST_API).*: (public )?std::.*");
    std::vector<std::string> found;
    std::string unmarked_class;
    while (auto const it = next_declaration(header)) {
        if (*it == "};") unmarked_class.clear();
        if (!unmarked_class.empty() &&
            (std::regex_match(*it, is_virtual) ||
             (std::regex_match(*it, member) && !std::regex_match(*it, other_member))))
            found.push_back(unmarked_class + *it);
        if (std::regex_match(*it, elsewhere) || std::regex_match(*it, marked_or_here)) continue;
        if (std::regex_match(*it, begins_class)) unmarked_class = *it;
        if (std::regex_match(*it, has_code) || std::regex_match(*it, is_exception))
            found.push_back(*it);
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
    for (std::string const marked :
         {"FIBERCAST_API int one(int);\n", "inline int two() { return 2; }\n",
          "template <typename T>\nint one(T);\n", "FIBERCAST_API std::vector<int>\none();\n",
          "class FIBERCAST_API one {\n    int two();\n};\n",
          "struct one {\n    int (*two)(int);\n    int three = four(5);\n    one() = "
          "default;\n};\n"})
        CHECK(unmarked_in(marked) == lines());
    CHECK(unmarked_in("int one(int = 1,  // why\n        int);\n") ==
          lines{"int one(int = 1,        int);"});
    CHECK(unmarked_in("[[nodiscard]] int one();\n") == lines{"[[nodiscard]] int one();"});
    CHECK(unmarked_in("struct one : std::exception {\n};\n") ==
          lines{"struct one : std::exception {"});
    CHECK(unmarked_in("struct one {\n    virtual ~one() = default;\n};\n") ==
          lines{"struct one {    virtual ~one() = default;"});
    CHECK(unmarked_in("extern int one;\n") == lines{"extern int one;"});
    CHECK(unmarked_in("struct one {\n    int two(int = 3,\n            int) const;\n};\n") ==
          lines{"struct one {    int two(int = 3,            int) const;"});
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
