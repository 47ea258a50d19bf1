#include "app/option_list.hpp"

#include "support/catch.hpp"
#include "support/sanitizer.hpp"
#include "support/text_file.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

using namespace fibercast::app;

namespace {

/// As the first two cells of a row have it.
std::string row_of(option_entry const& each) {
    auto const value = each.value.empty() ? "" : " " + each.value;
    auto const initial = each.initial.empty() ? "" : "`" + each.initial + "` |";
    return "| `--" + each.name + value + "` | " + initial;
}

/// `max-clients` of each `--max-clients` that is in the text.
std::vector<std::string> names_in(std::string_view text) {
    auto const is_of_name = [](unsigned char c) { return std::islower(c) != 0 || c == '-'; };
    std::vector<std::string> all;
    for (auto at = text.find("--"); at != text.npos; at = text.find("--", at)) {
        text.remove_prefix(at + 2);
        auto const end = std::find_if_not(text.begin(), text.end(), is_of_name);
        std::string name(text.begin(), end);
        if (name.find_first_not_of('-') != name.npos) all.push_back(name);
        at = name.size();
    }
    return all;
}

}  // namespace

TEST_CASE("docs/operations.md has one row for each option, with its default") {
    options defaults;
    std::istringstream lines(text_file("../docs/operations.md"));
    std::vector<std::string> rows;
    for (std::string line; std::getline(lines, line);)
        if (line.starts_with("| `--")) rows.push_back(line);
    // Sanitizers want larger stacks than the usual ones.
    bool const usual = !under_thread_sanitizer && !under_address_sanitizer;
    for (auto const& each : option_list(defaults)) {
        if (each.name == "handler-stack" && !usual) continue;
        auto const wanted = row_of(each);
        INFO(wanted);
        CHECK(1 == std::count_if(rows.begin(), rows.end(),
                                 [&](auto const& row) { return row.starts_with(wanted); }));
    }
}

TEST_CASE("docs/operations.md names no option that does not exist") {
    constexpr std::array others{"config",  "generate", "help",
                                "version", "install",  "now"};  // the last two are others'
    options defaults;
    auto const known = option_list(defaults);
    auto const names = names_in(text_file("../docs/operations.md"));
    CHECK(names.size() > known.size());
    for (auto const& each : names) {
        INFO(each);
        CHECK((find_option(known, each) != nullptr ||
               std::find(others.begin(), others.end(), each) != others.end()));
    }
}
