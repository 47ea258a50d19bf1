#include "client_table.hpp"

#include "app/text/span_text.hpp"
#include "http/escape.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <tuple>

namespace fibercast::app {
namespace {

struct column {
    std::string_view name;
    bool number;  // aligned at the right
};

constexpr std::array<column, 6> columns{{
    {"id", true},
    {"address", false},
    {"connected", true},
    {"sent", true},
    {"queued", true},
    {"unsent", true},
}};

using row = std::array<std::string, columns.size()>;

row row_of(client_info const& from) {
    return {fmt::to_string(from.id),   escaped(from.peer),          age_text(from.connected),
            fmt::to_string(from.sent), fmt::to_string(from.queued), fmt::to_string(from.unsent)};
}

void append(std::string& to, row const& cells,
            std::array<std::size_t, columns.size()> const& widths) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
        std::string const padding(widths[i] - cells[i].size(), ' ');
        to += columns[i].number ? padding + cells[i] : cells[i] + padding;
        to += i + 1 < cells.size() ? "  " : "\n";
    }
}

}  // namespace

std::string client_table(std::span<client_info const> clients, std::size_t limit) {
    auto const shown = clients.first(std::min(limit, clients.size()));
    row header;
    std::transform(columns.begin(), columns.end(), header.begin(),
                   [](column const& each) { return each.name; });
    std::vector<row> rows{header};
    rows.reserve(shown.size() + 1);
    for (auto const& each : shown) rows.push_back(row_of(each));
    std::array<std::size_t, columns.size()> widths{};
    for (auto const& cells : rows) {
        for (std::size_t i = 0; i < cells.size(); ++i)
            widths[i] = std::max(widths[i], cells[i].size());
    }
    std::string table;
    for (auto const& cells : rows) append(table, cells, widths);
    if (shown.size() < clients.size())
        fmt::format_to(std::back_inserter(table), "and {} more\n", clients.size() - shown.size());
    return table;
}

std::vector<client_info> slow_ones(std::vector<client_info> clients) {
    std::erase_if(clients, [](client_info const& each) {
        return each.queued == 0 && each.unsent == 0 && !each.stalled;
    });
    std::stable_sort(clients.begin(), clients.end(),
                     [](client_info const& a, client_info const& b) {
                         return std::tie(a.stalled, a.queued, a.unsent) >
                                std::tie(b.stalled, b.queued, b.unsent);
                     });
    return clients;
}

}  // namespace fibercast::app
