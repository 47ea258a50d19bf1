#include "support/promtool.hpp"

#include "support/child_process.hpp"

#include <cstdlib>
#include <filesystem>
#include <sstream>

bool has_promtool() {
    char const* const path = std::getenv("PATH");
    std::istringstream folders(path != nullptr ? path : "");
    for (std::string folder; std::getline(folders, folder, ':');) {
        if (std::filesystem::exists(std::filesystem::path(folder) / "promtool")) return true;
    }
    return false;
}

std::string promtool_on(std::string const& page) {
    child_process tool({"promtool", "check", "metrics"});
    tool.write(page);
    tool.close_input();
    auto said = tool.output().until_end() + tool.errors().until_end();
    if (auto const status = tool.wait(); status != 0 && said.empty())
        said = "exit status " + std::to_string(status);
    return said;
}
