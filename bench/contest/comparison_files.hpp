#pragma once

#include "contest/contest.hpp"

#include <vector>

namespace bench {

/// Makes the folder, before anything is measured. Throws `failure` if it cannot.
void prepare_comparison(options const& settings);

/// Writes what a comparison found into the folder `settings.output`: README.md with the tables,
/// results.json with every round, and plots if gnuplot is there. Throws `failure` if it cannot.
void write_comparison(options const& settings, std::vector<contest_result> const& results);

}  // namespace bench
