#pragma once

#include "options.hpp"

#include <vector>

namespace bench {

/// What to run, one after the other: the subcommand, or without one all of them as they are by
/// default. Nothing when the command line is wrong or asks for help; both have been answered then,
/// and `status` is what to exit with.
std::vector<options> parse_options(int argc, char** argv, int& status);

}  // namespace bench
