#include "contest/scoreboard.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace bench {
namespace {

/// Empty where it would say nothing.
std::string ratio(double value, double base) {
    return base > 0 && value > 0 ? fmt::format("x {:.2f}", value / base) : std::string{};
}

}  // namespace

std::string format_value(double value) {
    double const size = std::abs(value);
    int const decimals = size < 10 ? 3 : size < 100 ? 2 : size < 1000 ? 1 : 0;
    return fmt::format("{:.{}f}", value, decimals);
}

scoreboard::figure& scoreboard::figure_of(reading const& reading) {
    auto const known = std::ranges::find(figures_, reading.figure, &figure::name);
    if (known != figures_.end()) return *known;
    return figures_.emplace_back(figure{reading.figure, reading.unit, {}});
}

void scoreboard::add(std::string_view contestant, readings const& all) {
    for (auto const& reading : all) {
        auto& rows = figure_of(reading).rows;
        auto found = std::ranges::find(rows, contestant, &row::contestant);
        if (found == rows.end()) found = rows.insert(found, row{std::string{contestant}, {}});
        found->values.add(reading.value);
    }
}

samples const* scoreboard::find(std::string_view figure, std::string_view contestant) const {
    auto const found = std::ranges::find(figures_, figure, &figure::name);
    if (found == figures_.end()) return nullptr;
    auto const row = std::ranges::find(found->rows, contestant, &row::contestant);
    return row == found->rows.end() ? nullptr : &row->values;
}

void scoreboard::print() const {
    std::size_t width = 12;
    for (auto const& figure : figures_) {
        for (auto const& row : figure.rows) width = std::max(width, row.contestant.size());
    }
    fmt::print("\n{:<32} {:<7} {:<{}} {:>10} {:>10} {:>10} {:>8}\n", "figure", "unit", "", width,
               "median", "min", "max", "ratio");
    for (auto const& [name, unit, rows] : figures_) {
        for (auto const& row : rows) {
            bool const first = &row == &rows.front();
            fmt::print("{:<32} {:<7} {:<{}} {:>10} {:>10} {:>10} {:>8}\n", first ? name : "",
                       first ? unit : "", row.contestant, width, format_value(row.values.median()),
                       format_value(row.values.min()), format_value(row.values.max()),
                       first ? "" : ratio(row.values.median(), rows.front().values.median()));
        }
    }
}

}  // namespace bench
