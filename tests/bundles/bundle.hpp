#pragma once

#include <filesystem>
#include <string>

/// Where a published script is that bundles.sha512 lists, by its path behind `node_modules/`.
/// Throws `failure`, with the word for ctest, where it has not been fetched. For tests that need
/// ctest's fixture `bundles`, which has checked it.
std::filesystem::path bundle(std::string const& file);
