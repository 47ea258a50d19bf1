#pragma once

#include "samples.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace bench {

/// One figure of one round.
struct reading {
    std::string_view figure;
    std::string_view unit;
    double value = 0;
};

/// Collects readings and prints them as one table: the figures below each other, and within each
/// the contestants with median, min, max, and the ratio of their median to the last one's.
class scoreboard {
public:
    /// Contestants and figures keep the order of their first appearance.
    void add(std::string_view contestant, std::vector<reading> const& readings);
    void print() const;

private:
    struct row {
        std::string contestant;
        samples values;
    };
    struct figure {
        std::string name;
        std::string unit;
        std::vector<row> rows;
    };

    figure& figure_of(reading const& reading);

    std::vector<figure> figures_;
};

}  // namespace bench
