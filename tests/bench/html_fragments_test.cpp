#include "contest/html_fragments.hpp"

#include "support/catch.hpp"

#include <algorithm>
#include <set>

using bench::changing_fragments;
using bench::new_fragments;

namespace {

/// Its table rows, and what stands before them with the number.
std::vector<std::string> rows_of(std::string const& fragment) {
    std::vector<std::string> rows;
    for (auto at = fragment.find("<tr "); at != fragment.npos; at = fragment.find("<tr ", at + 1))
        rows.push_back(fragment.substr(at, fragment.find("</tr>", at) - at));
    return rows;
}

std::size_t rows_in_both(std::string const& a, std::string const& b) {
    auto const first = rows_of(a);
    std::set<std::string> const known(first.begin(), first.end());
    auto const second = rows_of(b);
    return static_cast<std::size_t>(
        std::ranges::count_if(second, [&](auto const& row) { return known.contains(row); }));
}

}  // namespace

TEST_CASE("a fragment is a line of HTML with its number, as large as was asked for") {
    auto all = changing_fragments({.size = 10'000, .first_number = 7}, 20);
    std::ranges::move(new_fragments({.size = 10'000, .first_number = 27}, 20),
                      std::back_inserter(all));
    for (std::size_t i = 0; i < all.size(); ++i) {
        INFO(all[i]);
        CHECK_THAT(all[i], StartsWith(std::to_string(7 + i) + " <table ") && EndsWith("</table>"));
        CHECK(all[i].size() > 9'900);
        CHECK(all[i].size() < 10'400);
        CHECK(all[i].find('\n') == std::string::npos);
        CHECK(rows_of(all[i]).size() > 30);
    }
}

TEST_CASE("the same arguments make the same fragments, another seed makes others") {
    CHECK(changing_fragments({}, 5) == changing_fragments({}, 5));
    CHECK(new_fragments({}, 5) == new_fragments({}, 5));
    CHECK(changing_fragments({.seed = 2}, 1) != changing_fragments({}, 1));
}

TEST_CASE("from one fragment to the next as many rows change as were asked for, or all") {
    auto const changed = changing_fragments({.changed = 0.2}, 10);
    auto const still = changing_fragments({.changed = 0}, 2);
    auto const fresh = new_fragments({}, 10);
    for (std::size_t i = 1; i < changed.size(); ++i) {
        auto const rows = rows_of(changed[i]).size();
        auto const kept = rows_in_both(changed[i - 1], changed[i]);
        CHECK(kept >= rows - rows / 5);
        CHECK(kept < rows);
        for (std::size_t before = 0; before < i; ++before)
            CHECK(rows_in_both(fresh[before], fresh[i]) == 0);
    }
    CHECK(rows_in_both(still[0], still[1]) == rows_of(still[0]).size());
}
