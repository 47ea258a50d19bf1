#include "completion.hpp"

#include "command.hpp"

#include <algorithm>

namespace fibercast::app {
namespace {

void keep_common(std::string& prefix, std::string_view word) {
    auto const differ = std::mismatch(prefix.begin(), prefix.end(), word.begin(), word.end());
    prefix.erase(differ.first, prefix.end());
}

}  // namespace

completion completion_of(std::string_view line) {
    completion found;
    line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
    auto const space = line.find(' ');
    auto const word = space == std::string_view::npos ? line : line.substr(space + 1);
    for (auto const& each : command_list) {
        auto const candidate = space == std::string_view::npos      ? each.name
                               : line.substr(0, space) == each.name ? each.flag
                                                                    : std::string_view();
        if (!candidate.empty() && candidate.starts_with(word)) found.choices.push_back(candidate);
    }
    if (found.choices.empty()) return found;
    std::string common(found.choices.front());
    for (auto const choice : found.choices) keep_common(common, choice);
    found.insert = common.substr(word.size());
    if (found.choices.size() == 1) found.insert += ' ';
    return found;
}

}  // namespace fibercast::app
