#pragma once

#include "contest/options.hpp"

#include <optional>

namespace bench {

/// Reads the command line and finds the contestants. Without a result the program is to end with
/// `status`: help was asked for and printed, or the command line was wrong.
std::optional<options> parse_options(int argc, char** argv, int& status);

}  // namespace bench
