#include "scoreboard.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace bench {
namespace {

/// Four significant digits, and never an exponent.
std::string format_value(double value) {
    double const size = std::abs(value);
    int const decimals = size < 10 ? 3 : size < 100 ? 2 : size < 1000 ? 1 : 0;
    return fmt::format("{:.{}f}", value, decimals);
}

}  // namespace

scoreboard::figure& scoreboard::figure_of(reading const& reading) {
    auto const known = std::ranges::find_if(figures_, [&](figure const& figure) {
        return figure.name == reading.figure && figure.unit == reading.unit;
    });
    if (known != figures_.end()) return *known;
    return figures_.emplace_back(
        figure{std::string{reading.figure}, std::string{reading.unit}, {}});
}

void scoreboard::add(std::string_view contestant, std::vector<reading> const& readings) {
    for (auto const& reading : readings) {
        auto& rows = figure_of(reading).rows;
        auto found = std::ranges::find(rows, contestant, &row::contestant);
        if (found == rows.end()) found = rows.insert(found, row{std::string{contestant}, {}});
        found->values.add(reading.value);
    }
}

void scoreboard::print() const {
    fmt::print("\n{:<30} {:<7} {:<12} {:>10} {:>10} {:>10} {:>8}\n", "figure", "unit", "", "median",
               "min", "max", "ratio");
    for (auto const& [name, unit, rows] : figures_) {
        double const base = rows.back().values.median();
        for (auto const& [contestant, values] : rows) {
            bool const first = &contestant == &rows.front().contestant;
            bool const last = &contestant == &rows.back().contestant;
            auto const ratio =
                last || base == 0 ? std::string{} : fmt::format("x {:.2f}", values.median() / base);
            fmt::print("{:<30} {:<7} {:<12} {:>10} {:>10} {:>10} {:>8}\n", first ? name : "",
                       first ? unit : "", contestant, format_value(values.median()),
                       format_value(values.min()), format_value(values.max()), ratio);
        }
    }
}

}  // namespace bench
