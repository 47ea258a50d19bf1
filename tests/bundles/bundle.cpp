#include "bundles/bundle.hpp"

#include "support/failure.hpp"

std::filesystem::path bundle(std::string const& file) {
    auto path = std::filesystem::path(BUNDLES) / file;
    if (!std::filesystem::exists(path)) throw failure("SKIPPED: npm has not fetched " + file);
    return path;
}
