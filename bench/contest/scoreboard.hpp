#pragma once

#include "contest/samples.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace bench {

/// One figure of one round.
struct reading {
    std::string figure;
    std::string unit;
    double value = 0;
};

using readings = std::vector<reading>;

/// Collects readings over rounds: the figures, and within each the contestants. Contestants and
/// figures keep the order of their first appearance.
class scoreboard {
public:
    struct row {
        std::string contestant;
        samples values;
    };
    struct figure {
        std::string name;
        std::string unit;
        std::vector<row> rows;
    };

    void add(std::string_view contestant, readings const& all);

    std::vector<figure> const& figures() const noexcept { return figures_; }

    /// Null if that contestant has no such figure.
    samples const* find(std::string_view figure, std::string_view contestant) const;

    /// As one table: median, min, max, and the ratio of each median to the first contestant's.
    void print() const;

private:
    figure& figure_of(reading const& reading);

    std::vector<figure> figures_;
};

/// About four digits, and never an exponent.
std::string format_value(double value);

}  // namespace bench
