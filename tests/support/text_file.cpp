#include "support/text_file.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

std::string text_file(std::string const& path) {
    std::ifstream file(std::filesystem::path(TEST_SOURCE_DIR) / path, std::ios::binary);
    if (!file) throw std::runtime_error("cannot read " + path);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}
