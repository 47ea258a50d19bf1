#include "contest/html_fragments.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <random>
#include <string_view>

namespace bench {
namespace {

constexpr std::array<std::string_view, 24> stems{
    "alder",  "birch",   "cedar",   "delta",  "ember",    "falcon", "garnet", "harbor",
    "iron",   "juniper", "kestrel", "lumen",  "meridian", "north",  "onyx",   "pioneer",
    "quartz", "river",   "summit",  "tundra", "union",    "vector", "willow", "zenith"};
constexpr std::array<std::string_view, 8> kinds{"Bank",   "Energy", "Foods",  "Group",
                                                "Mining", "Motors", "Pharma", "Systems"};
constexpr int trading_starts = 9 * 3'600 * 10;  // tenths of a second since midnight

/// The engine's numbers are the standard's; a distribution's would be those of one library.
class dice {
public:
    explicit dice(std::uint32_t seed) : engine_{seed} {}
    std::uint32_t below(std::uint32_t bound) { return engine_() % bound; }

private:
    std::mt19937 engine_;
};

struct row {
    std::string id;
    std::string name;
    std::uint32_t cents = 0;
    int change = 0;
    std::uint32_t volume = 0;
    int time = 0;  // tenths of a second since midnight
};

/// One more trade.
void trade(row& each, dice& random, int time) {
    each.change = static_cast<int>(random.below(201)) - 100;
    each.cents = std::max(100U, each.cents + static_cast<std::uint32_t>(each.change));
    each.volume += 100 * (1 + random.below(50));
    each.time = time;
}

row new_row(dice& random, int time) {
    auto const stem = stems[random.below(stems.size())];
    auto const kind = kinds[random.below(kinds.size())];
    auto const serial = random.below(1'000'000);
    row made;
    made.id = fmt::format("{}{}-{:06}", char(stem[0] - 'a' + 'A'), stem.substr(1, 3), serial);
    made.name =
        fmt::format("{}{} {} {:02}", char(stem[0] - 'a' + 'A'), stem.substr(1), kind, serial % 100);
    made.cents = 500 + random.below(50'000);
    made.volume = random.below(9'000'000);
    trade(made, random, time - static_cast<int>(random.below(3'000)));
    return made;
}

std::string html_of(row const& each) {
    auto const seconds = each.time / 10;
    return fmt::format(
        "<tr id=\"quote-{}\" class=\"quote {}\"><td class=\"name\"><a "
        "href=\"/quotes/{}\">{}</a></td>"
        "<td class=\"price\">{}.{:02}</td><td class=\"change\">{:+.2f}</td>"
        "<td class=\"volume\">{}</td><td class=\"time\">{:02}:{:02}:{:02}.{}</td></tr>",
        each.id, each.change < 0 ? "down" : "up", each.id, each.name, each.cents / 100,
        each.cents % 100, each.change / 100.0, each.volume, seconds / 3600, seconds / 60 % 60,
        seconds % 60, each.time % 10);
}

std::string fragment_of(std::vector<row> const& rows, int number) {
    auto text = fmt::format("{} <table id=\"board\"><tbody>", number);
    for (auto const& each : rows) text += html_of(each);
    return text + "</tbody></table>";
}

std::vector<row> new_board(fragment_series const& series, dice& random, int time) {
    std::vector<row> rows;
    auto size = static_cast<int>(fragment_of({}, series.first_number).size());
    while (size < series.size) {
        rows.push_back(new_row(random, time));
        size += static_cast<int>(html_of(rows.back()).size());
    }
    return rows;
}

}  // namespace

std::vector<std::string> changing_fragments(fragment_series const& series, int count) {
    dice random{series.seed};
    auto rows = new_board(series, random, trading_starts);
    std::vector<std::string> all;
    for (int i = 0; i < count; ++i) {
        all.push_back(fragment_of(rows, series.first_number + i));
        auto const trades = static_cast<int>(series.changed * static_cast<double>(rows.size()));
        for (int k = 0; k < trades; ++k)
            trade(rows[random.below(static_cast<std::uint32_t>(rows.size()))], random,
                  trading_starts + i);
    }
    return all;
}

std::vector<std::string> new_fragments(fragment_series const& series, int count) {
    dice random{series.seed};
    std::vector<std::string> all;
    for (int i = 0; i < count; ++i)
        all.push_back(
            fragment_of(new_board(series, random, trading_starts + i), series.first_number + i));
    return all;
}

}  // namespace bench
