#include "app/command_line_options.hpp"
#include "app/manual/generated.hpp"
#include "app/option_list.hpp"
#include "app/options.hpp"

#include "support/catch.hpp"
#include "support/child_process.hpp"
#include "support/installed.hpp"
#include "support/temporary_file.hpp"
#include "support/temporary_folder.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <string>
#include <variant>
#include <vector>

using namespace fibercast::app;

namespace {

early_end answer(std::vector<char const*> words) {
    words.insert(words.begin(), "fibercast");
    auto const result = parse_options(static_cast<int>(words.size()), words.data());
    REQUIRE(std::holds_alternative<early_end>(result));
    return std::get<early_end>(result);
}

std::string printed(std::string const& kind) {
    auto const end = answer({"--generate", kind.c_str()});
    CHECK(end.status == 0);
    return end.text;
}

/// Of the program, with those that no file has.
std::vector<std::string> option_names() {
    options defaults;
    std::vector<std::string> all;
    for (auto const& list : {command_line_options(), option_list(defaults)})
        for (auto const& each : list) all.push_back("--" + each.name);
    return all;
}

std::string output_of(std::vector<std::string> words) {
    child_process program(std::move(words), input_kind::nothing);
    auto all = program.output().until_end() + program.errors().until_end();
    CHECK(program.wait() == 0);
    return all;
}

/// What bash offers for the last word of a command line, sorted.
std::vector<std::string> bash_offers(std::vector<std::string> const& words) {
    temporary_file const script(printed("complete-bash") +
                                "COMP_WORDS=(fibercast \"$@\"); COMP_CWORD=$#; _fibercast\n"
                                "printf '%s\\n' \"${COMPREPLY[@]}\"\n");
    std::vector<std::string> command{"bash", "--norc", "-u", script.path()};
    command.insert(command.end(), words.begin(), words.end());
    std::istringstream lines(output_of(std::move(command)));
    std::vector<std::string> all;
    for (std::string line; std::getline(lines, line);)
        if (!line.empty()) all.push_back(line);
    std::ranges::sort(all);
    return all;
}

using words = std::vector<std::string>;

}  // namespace

TEST_CASE("the manual page has all options, and all that --help says besides") {
    auto page = printed("man");
    CHECK_THAT(page, ContainsSubstring("\n.TP\n\\fB\\-p, \\-\\-port\\fR \\fIN\\fR\n"));
    for (auto const* gone : {"\\&", "\\fB", "\\fI", "\\fR", "\\"})
        for (auto at = page.find(gone); at != page.npos; at = page.find(gone))
            page.erase(at, std::string_view(gone).size());
    for (auto const& name : option_names()) {
        INFO(name);
        bool const alone = page.find("\n.TP\n" + name) != page.npos;
        bool const behind_a_letter = page.find(", " + name) != page.npos;
        CHECK((alone || behind_a_letter));
    }
    CHECK_THAT(page, ContainsSubstring("Default: catch-up.\n"));
    CHECK_THAT(page, ContainsSubstring(".SH SIGNALS\nSIGINT, SIGTERM and the command quit stop"));
    CHECK_THAT(answer({"--help"}).text, ContainsSubstring("SIGTERM and the command quit stop"));
}

TEST_CASE("the manual page is in order for the tools that read it") {
    temporary_file const page(printed("man"));
    if (is_installed("groff"))
        CHECK(output_of({"groff", "-man", "-Tutf8", "-ww", "-z", page.path()}).empty());
    if (is_installed("lexgrog"))
        CHECK_THAT(output_of({"lexgrog", page.path()}),
                   ContainsSubstring("fibercast - server that broadcasts Server-Sent Events"));
    if (!is_installed("groff") || !is_installed("lexgrog"))
        WARN("groff and lexgrog, which read manual pages, are not both installed");
}

TEST_CASE("bash completes options, and values that are one of a few words") {
    auto every = option_names();
    every.insert(every.end(), {"-h", "-p", "-v"});
    std::ranges::sort(every);
    CHECK(bash_offers({""}) == every);
    CHECK(bash_offers({"--log-l"}) == words{"--log-level"});
    CHECK(bash_offers({"--overflow", "drop"}) == words{"drop-newest", "drop-oldest"});
    CHECK(bash_offers({"--overflow", "=", "cat"}) == words{"catch-up"});
    CHECK(bash_offers({"--log-format", "="}) == words{"json", "text"});
    CHECK(bash_offers({"--generate", "complete-"}) == words{"complete-bash", "complete-zsh"});
    CHECK(bash_offers({"--port", ""}).empty());
    CHECK(bash_offers({"-p", ""}).empty());
    CHECK(bash_offers({"--mercure", "on", "--no-c"}) == words{"--no-command-history"});
}

TEST_CASE("zsh is told what each option is for, and what it takes") {
    auto const text = printed("complete-zsh");
    CHECK(text.starts_with("#compdef fibercast\n"));
    for (auto const& name : option_names()) CHECK_THAT(text, ContainsSubstring(name));
    CHECK_THAT(text, ContainsSubstring("'--log-file=[where to log; without it, to standard error]"
                                       ":PATH:_files'"));
    CHECK_THAT(text, ContainsSubstring("{-p,--port=}'[port to listen on; 0 picks a free one]"));
}

TEST_CASE("zsh completes options, and values that are one of a few words") {
    if (!is_installed("zsh")) {
        WARN("SKIPPED: zsh is not installed");
        return;
    }
    temporary_folder const folder;
    std::ofstream(folder.path() / "_fibercast") << printed("complete-zsh");
    child_process shell({"env", "TERM=dumb", "zsh", "-f", "-i"}, input_kind::terminal);
    shell.write("fpath=(" + folder.path().string() +
                " $fpath); autoload -U compinit; compinit -u -D; echo it is rea''dy\n");
    shell.output().until("it is ready\r\n");
    shell.write("fibercast --overf\t");
    shell.output().until("--overflow=");
    shell.write("drop-n\t");
    shell.output().until("drop-newest");
    shell.write("--no-co\t");
    shell.output().until("--no-command-history");
    shell.write("--generate complete-z\t");
    shell.output().until("complete-zsh");
}

TEST_CASE("what is not generated is refused") {
    auto const end = answer({"--generate", "woman"});
    CHECK(end.status == 2);
    CHECK(end.reason == "--generate: 'woman' is none of man, complete-bash, complete-zsh");
    CHECK(answer({"--generate"}).reason == "--generate wants a value");
}
