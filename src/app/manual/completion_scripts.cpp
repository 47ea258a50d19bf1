#include "completion_scripts.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <string_view>

namespace fibercast::app {
namespace {

bool names_a_file(option_entry const& each) { return each.value == "FILE" || each.value == "PATH"; }

/// What a user may type for it.
std::vector<std::string> spellings(option_entry const& of) {
    std::vector<std::string> all{"--" + of.name};
    if (!of.short_name.empty()) all.insert(all.begin(), "-" + of.short_name);
    return all;
}

/// A case of bash's, for an option that has a value.
std::string bash_case(option_entry const& of) {
    std::string action;
    if (names_a_file(of)) {
        action = "compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- \"$word\"); ";
    } else if (!of.parse.words.empty()) {
        action = fmt::format("mapfile -t COMPREPLY < <(compgen -W '{}' -- \"$word\"); ",
                             fmt::join(of.parse.words, " "));
    }
    return fmt::format("        {}) {}return ;;\n", fmt::join(spellings(of), " | "), action);
}

/// In quotes, as _arguments has it: in one line, in which brackets and colons are themselves.
std::string zsh_text(std::string_view text) {
    std::string all;
    for (char const c : text) {
        if (c == '\n') {
            all += ' ';
        } else if (c == '\'') {
            all += "'\\''";
        } else {
            if (c == '[' || c == ']' || c == ':' || c == '\\') all += '\\';
            all += c;
        }
    }
    return all;
}

/// A specification of _arguments.
std::string zsh_spec(option_entry const& of) {
    std::string value;
    if (!of.value.empty()) {
        auto const action = names_a_file(of) ? "_files"
                            : of.parse.words.empty()
                                ? std::string(" ")
                                : fmt::format("({})", fmt::join(of.parse.words, " "));
        value = fmt::format(":{}:{}", zsh_text(of.value), action);
    }
    auto const sign = of.value.empty() ? "" : "=";
    auto const described = fmt::format("[{}]{}", zsh_text(of.help), value);
    if (of.short_name.empty()) return fmt::format("'--{}{}{}'", of.name, sign, described);
    return fmt::format("'(-{0} --{1})'{{-{0},--{1}{2}}}'{3}'", of.short_name, of.name, sign,
                       described);
}

}  // namespace

std::string bash_completion(std::vector<option_entry> const& options) {
    std::string cases;
    std::vector<std::string> names;
    for (auto const& each : options) {
        if (!each.value.empty()) cases += bash_case(each);
        std::ranges::copy(spellings(each), std::back_inserter(names));
    }
    return fmt::format(R"(# bash completion for fibercast

_fibercast() {{
    local word=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD - 1]}}
    # Of --name=value bash makes three words.
    if [[ $word == = ]]; then word=; fi
    if [[ $before == = ]]; then before=${{COMP_WORDS[COMP_CWORD - 2]}}; fi
    COMPREPLY=()
    case $before in
{}    esac
    mapfile -t COMPREPLY < <(compgen -W '{}' -- "$word")
}}
complete -F _fibercast fibercast
)",
                       cases, fmt::join(names, " "));
}

std::string zsh_completion(std::vector<option_entry> const& options) {
    std::string specs;
    for (auto const& each : options) specs += " \\\n    " + zsh_spec(each);
    return fmt::format("#compdef fibercast\n\n_arguments -s -S{}\n", specs);
}

}  // namespace fibercast::app
