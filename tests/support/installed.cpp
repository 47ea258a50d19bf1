#include "support/installed.hpp"

#include <cstdlib>
#include <filesystem>
#include <sstream>

bool is_installed(std::string const& program) {
    char const* const path = std::getenv("PATH");
    std::istringstream folders(path != nullptr ? path : "");
    for (std::string folder; std::getline(folders, folder, ':');) {
        if (std::filesystem::exists(std::filesystem::path(folder) / program)) return true;
    }
    return false;
}
