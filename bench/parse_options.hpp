#pragma once

#include "options.hpp"

#include <optional>

namespace bench {

/// Returns nothing when the command line is wrong or asks for help; both have been answered then,
/// and `status` is what to exit with.
std::optional<options> parse_options(int argc, char** argv, int& status);

}  // namespace bench
