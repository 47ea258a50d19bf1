#pragma once

#include "contest/contest.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace bench {

struct plot {
    std::string file;
    std::string title;
};

/// Draws with gnuplot what the results allow, as SVG files. Returns what was drawn: nothing if
/// there is no gnuplot.
std::vector<plot> draw_plots(std::filesystem::path const& folder,
                             std::vector<contest_result> const& results);

}  // namespace bench
