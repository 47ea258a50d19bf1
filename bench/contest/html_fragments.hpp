#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace bench {

/// What pages send that are live by HTML: a board of rows with names, figures and classes, again
/// and again as a whole. The same for the same arguments on every machine.
struct fragment_series {
    int size = 10'000;     ///< bytes of each: rows are added until it has so many
    double changed = 0.2;  ///< share of the rows that get new figures for the next fragment
    int first_number = 1;  ///< what a fragment begins with: its number
    std::uint32_t seed = 1;
};

/// `count` of them, one line each; from each to the next few rows change.
std::vector<std::string> changing_fragments(fragment_series const& series, int count);

/// The same, but each shows other rows than all before it: other names, ids and figures.
std::vector<std::string> new_fragments(fragment_series const& series, int count);

}  // namespace bench
