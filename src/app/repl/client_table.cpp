#include "client_table.hpp"

#include "app/text/span_text.hpp"
#include "http/escape.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <iterator>
#include <tuple>

namespace fibercast::app {
namespace {

constexpr std::string_view nothing = "-";

struct column {
    std::string_view name;
    bool number;  // aligned at the right
    bool always;  // else only when a client has something there
};

constexpr std::array<column, 9> columns{{
    {"id", true, true},
    {"address", false, true},
    {"connected", true, true},
    {"sent", true, true},
    {"queued", true, true},
    {"unsent", true, true},
    {"rtt_ms", true, false},
    {"behind", false, false},
    {"topics", false, false},
}};

using row = std::array<std::string, columns.size()>;

/// As many as fit: a client may have a hundred.
std::string topics_text(std::vector<std::string> const& all) {
    constexpr std::size_t room = 60;
    std::string text;
    for (std::size_t i = 0; i < all.size(); ++i) {
        auto const name = escaped(all[i]);
        if (i > 0 && text.size() + name.size() > room)
            return text + fmt::format(" and {} more", all.size() - i);
        text.append(i > 0 ? " " : "").append(name);
    }
    return text.empty() ? std::string(nothing) : text;
}

std::string milliseconds_text(std::chrono::duration<double, std::milli> time) {
    return time.count() == 0 ? std::string(nothing) : fmt::format("{:.3f}", time.count());
}

row row_of(client_info const& from) {
    return {fmt::to_string(from.id),
            escaped(from.peer),
            age_text(from.connected),
            fmt::to_string(from.sent),
            fmt::to_string(from.queued),
            fmt::to_string(from.unsent),
            milliseconds_text(from.round_trip_time),
            std::string(from.behind ? "yes" : nothing),
            topics_text(from.topics)};
}

/// How wide each column is; 0: it is left out. The first row is the header.
std::array<std::size_t, columns.size()> widths_of(std::vector<row> const& rows) {
    std::array<std::size_t, columns.size()> widths{};
    for (std::size_t i = 0; i < columns.size(); ++i) {
        bool const used = std::any_of(rows.begin() + 1, rows.end(),
                                      [i](row const& each) { return each[i] != nothing; });
        if (!columns[i].always && !used) continue;
        for (auto const& each : rows) widths[i] = std::max(widths[i], each[i].size());
    }
    return widths;
}

void append(std::string& to, row const& cells,
            std::array<std::size_t, columns.size()> const& widths) {
    std::string line;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (widths[i] == 0) continue;
        std::string const padding(widths[i] - cells[i].size(), ' ');
        line += line.empty() ? "" : "  ";
        line += columns[i].number ? padding + cells[i] : cells[i] + padding;
    }
    line.erase(line.find_last_not_of(' ') + 1);
    to += line + '\n';
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
    auto const widths = widths_of(rows);
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
