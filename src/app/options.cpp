#include "options.hpp"

#include "app/text/words.hpp"
#include "config_file.hpp"
#include "http/escape.hpp"
#include "option_list.hpp"

#include <fibercast/version.hpp>

#include <fmt/format.h>
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <algorithm>
#include <filesystem>
#include <map>
#include <string_view>
#include <system_error>
#include <vector>

namespace fibercast::app {
namespace {

constexpr int usage_error = 2;

constexpr char const* footer =
    "TIME is a number with ms, s, m or h behind it; SIZE is bytes, or has KiB, MiB or GiB behind "
    "it.\n"
    "A configuration file has lines such as port = 8080, with the names of the options above; the\n"
    "command line wins.\n\n"
    "SIGINT, SIGTERM and the command quit stop the server politely: it accepts no more,\n"
    "ends the streams and exits with status 0. A second signal, 50 ms later or more, ends it at\n"
    "once, with status 128 + the signal. On a terminal, ^C first gives a half-typed line up.\n"
    "SIGHUP opens the log file again, and reads log-level and the keys again; it stops a server\n"
    "whose log is on a terminal that has gone away.\n"
    "Commands are read from standard input; help lists them. At the end of input the server goes\n"
    "on, unless the input is a terminal.";

early_end wrong(std::string_view what) {
    return {usage_error, fmt::format("fibercast: {} (see --help)\n", what), std::string(what)};
}

/// What was typed behind each option, by its name.
using typed_texts = std::map<std::string, std::vector<std::string>>;

void declare(CLI::App& app, std::vector<option_entry> const& all, typed_texts& typed,
             std::string& config) {
    app.set_help_flag("-h,--help", "print this and exit");
    app.set_version_flag("-v,--version", "fibercast " FIBERCAST_VERSION,
                         "print the version and exit");
    app.add_option("--config", config, "read options from a file")->type_name("FILE");
    for (auto const& each : all) {
        auto names = "--" + each.name;
        if (!each.short_name.empty()) names.insert(0, "-" + each.short_name + ",");
        auto& texts = typed[each.name];
        if (each.value.empty()) {
            app.add_flag(names, texts, each.help);
            continue;
        }
        app.add_option(names, texts, each.help)
            ->expected(1)
            ->type_name(each.value)
            ->default_str(each.initial);
    }
    app.allow_extras();
    app.footer(footer);
}

std::string unexpected(std::string_view word, std::vector<option_entry> const& all) {
    if (!word.starts_with('-')) return fmt::format("{} is no option", in_quotes(word));
    std::vector<std::string> names{"--help", "--version", "--config"};
    for (auto const& each : all) names.push_back("--" + each.name);
    std::vector<std::string_view> const known(names.begin(), names.end());
    auto const name = word.substr(0, word.find('='));
    auto const meant = nearest(name, known);
    return fmt::format("there is no option {}{}", in_quotes(name),
                       meant.empty() ? "" : fmt::format("; did you mean {}?", meant));
}

/// CLI11 says "--port: 1 required N missing" or "--port: At Most 1 required but received 2".
std::string mismatch(std::string_view what) {
    auto const name = what.substr(0, what.find(':'));
    return fmt::format("{} {}", name,
                       what.ends_with("missing") ? "wants a value" : "has more than one value");
}

/// Sets what was typed; returns what is wrong with it.
std::string set_typed(typed_texts const& typed, std::vector<option_entry> const& all) {
    for (auto const& each : all) {
        for (auto const& text : typed.at(each.name)) {
            if (auto const wrong = each.parse(text); !wrong.empty())
                return fmt::format("--{}: {}", each.name, wrong);
        }
    }
    return {};
}

/// What does not go together about tokens.
std::string contradiction(access_options const& chosen) {
    if (chosen.issuer.empty() == chosen.has_keys() && !chosen.compatible_with_0x) {
        return chosen.has_keys() ? "--issuer: whose keys are they? Tokens must name it as their iss"
                                 : "--issuer: there is none of its keys, such as --jwt-key-file";
    }
    bool const names_audience = !chosen.audience.empty() || chosen.says_hub_url;
    if (chosen.has_keys() && !names_audience && !chosen.compatible_with_0x)
        return "--hub-url: what is it? Tokens must name it as their aud";
    if (chosen.algorithm && chosen.key_file.empty() && chosen.publisher_key_file.empty() &&
        chosen.subscriber_key_file.empty())
        return "--jwt-algorithm: there is no key that it could be of";
    return {};
}

/// What does not go together.
std::string contradiction(options const& chosen) {
    if (auto wrong = contradiction(chosen.access); !wrong.empty()) return wrong;
    auto const& origins = chosen.cors_origins;
    if (std::ranges::count(origins, "*") != 0 && origins.size() > 1)
        return "--cors-origin: * is all there are, and stands alone";
    if (!chosen.cors_credentials) return {};
    if (origins.empty()) return "--cors-credentials: there is no --cors-origin";
    return origins.front() != "*" ? std::string()
                                  : "--cors-credentials: not with --cors-origin *, or any page "
                                    "could read as its visitor";
}

/// Who reads a pipe again finds it empty, or waits for who writes to it.
bool is_used_up(std::string const& file, reading how) {
    std::error_code unknown;
    return how == reading::again && std::filesystem::exists(file, unknown) &&
           !std::filesystem::is_regular_file(file, unknown);
}

}  // namespace

parsed_options parse_options(int argc, char const* const* argv, reading how) {
    options chosen;
    auto const all = option_list(chosen);
    typed_texts typed;
    std::string config;
    CLI::App app("fibercast: a server that broadcasts Server-Sent Events. GET / is the stream.",
                 "fibercast");
    declare(app, all, typed, config);
    try {
        app.parse(argc, argv);
    } catch (CLI::CallForHelp const&) {
        return early_end{0, app.help()};
    } catch (CLI::CallForVersion const& version) {
        return early_end{0, version.what() + std::string("\n")};
    } catch (CLI::ArgumentMismatch const& error) {
        return wrong(mismatch(error.what()));
    } catch (CLI::ParseError const& error) {
        return wrong(escaped(error.what()));
    }
    if (auto const rest = app.remaining(); !rest.empty())
        return wrong(unexpected(rest.front(), all));
    if (app.count("--config") != 0) {
        if (is_used_up(config, how))
            return wrong(fmt::format("{} is no file that can be read again", in_quotes(config)));
        if (auto const what = apply_config_file(config, all); !what.empty()) return wrong(what);
    }
    if (auto const what = set_typed(typed, all); !what.empty()) return wrong(what);
    if (auto const what = contradiction(chosen); !what.empty()) return wrong(what);
    return chosen;
}

}  // namespace fibercast::app
