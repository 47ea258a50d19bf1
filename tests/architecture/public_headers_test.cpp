#include "support/catch.hpp"

#include <filesystem>
#include <fstream>
#include <string>

namespace {

std::filesystem::path const headers =
    std::filesystem::path(PROJECT_SOURCE_DIR) / "include/fibercast";

bool has_line(std::filesystem::path const& path, std::string const& wanted) {
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);)
        if (line == wanted) return true;
    return false;
}

}  // namespace

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
