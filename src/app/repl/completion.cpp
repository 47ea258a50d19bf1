#include "completion.hpp"

#include "app/text/words.hpp"
#include "command_list.hpp"

#include <algorithm>

namespace fibercast::app {
namespace {

void keep_common(std::string& prefix, std::string_view word) {
    auto const differ = std::mismatch(prefix.begin(), prefix.end(), word.begin(), word.end());
    prefix.erase(differ.first, prefix.end());
}

/// The flags that may come behind the words of a command; none behind those of its text, or where
/// a flag wants its value.
std::span<flag_description const> flags_behind(std::string_view words) {
    auto const* const command = find_command(take_word(words));
    if (command == nullptr) return {};
    // All that is no flag may have flags behind it, except a text, which is the last.
    auto others = std::count(command->arguments.begin(), command->arguments.end(), ' ');
    while (!words.empty()) {
        auto const word = take_word(words);
        auto const* const flag = find_flag(*command, word);
        if (word == end_of_flags) return {};
        if (flag != nullptr && !flag->value.empty() && take_word(words).empty()) return {};
        if (!word.starts_with("--") && others-- == 0) return {};
    }
    return command->flags;
}

}  // namespace

completion completion_of(std::string_view line) {
    auto const blank = line.find_last_of(" \t");
    auto const word = blank == line.npos ? line : line.substr(blank + 1);
    auto before = line.substr(0, line.size() - word.size());
    completion found;
    auto const add = [&](auto const& candidates) {
        for (auto const& each : candidates) {
            if (each.name.starts_with(word)) found.choices.push_back(each.name);
        }
    };
    if (before.find_first_not_of(" \t") == before.npos)
        add(command_list);
    else
        add(flags_behind(before));
    if (found.choices.empty()) return found;
    std::string common(found.choices.front());
    for (auto const choice : found.choices) keep_common(common, choice);
    found.insert = common.substr(word.size());
    if (found.choices.size() == 1) found.insert += ' ';
    return found;
}

}  // namespace fibercast::app
