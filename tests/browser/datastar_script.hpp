#pragma once

#include "support/failure.hpp"

#include <cstdlib>
#include <filesystem>

/// Where Datastar's script is as it is published, by the environment's FIBERCAST_DATASTAR: npm has
/// only versions that are older than its SDK. Throws `failure`, with the word for ctest, when that
/// names none.
inline std::filesystem::path datastar_script() {
    char const* const path = std::getenv("FIBERCAST_DATASTAR");
    if (path == nullptr || !std::filesystem::exists(path))
        throw failure("SKIPPED: FIBERCAST_DATASTAR does not name a datastar.js");
    return path;
}
