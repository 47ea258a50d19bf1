#include "options.hpp"

#include "app/manual/generated.hpp"
#include "app/manual/usage_notes.hpp"
#include "app/text/words.hpp"
#include "command_line_options.hpp"
#include "config_file.hpp"
#include "http/escape.hpp"
#include "option_list.hpp"

#include <fibercast/version.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <algorithm>
#include <filesystem>
#include <map>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace fibercast::app {
namespace {

constexpr int usage_error = 2;

/// Below the options of `--help`.
std::string footer() {
    std::string all;
    for (auto const& each : usage_notes())
        all += fmt::format("{}{}", all.empty() ? "" : "\n\n", each.text);
    return all;
}

early_end wrong(std::string_view what) {
    return {usage_error, fmt::format("fibercast: {} (see --help)\n", what), std::string(what)};
}

/// What was typed behind each option, by its name.
using typed_texts = std::map<std::string, std::vector<std::string>>;

void declare(CLI::App& app, std::vector<option_entry> const& all, typed_texts& typed) {
    app.set_help_flag();
    for (auto const& each : all) {
        auto names = "--" + each.name;
        if (!each.short_name.empty()) names.insert(0, "-" + each.short_name + ",");
        auto& texts = typed[each.name];
        if (each.name == "help") {
            app.set_help_flag(names, each.help);
        } else if (each.name == "version") {
            app.set_version_flag(names, "fibercast " FIBERCAST_VERSION, each.help);
        } else if (each.value.empty()) {
            app.add_flag(names, texts, each.help);
        } else {
            app.add_option(names, texts, each.help)
                ->expected(1)
                ->type_name(each.value)
                ->default_str(each.initial);
        }
    }
    app.allow_extras();
    app.footer(footer());
}

std::string unexpected(std::string_view word, std::vector<option_entry> const& all) {
    if (!word.starts_with('-')) return fmt::format("{} is no option", in_quotes(word));
    std::vector<std::string> names;
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

early_end print_generated(std::string const& kind, std::vector<option_entry> const& all) {
    if (auto text = generated(kind, all)) return {0, std::move(*text)};
    return wrong(fmt::format("--generate: {} is none of {}", in_quotes(kind),
                             fmt::join(generated_kinds(), ", ")));
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
    auto const settings = option_list(chosen);
    auto all = command_line_options();
    all.insert(all.end(), settings.begin(), settings.end());
    typed_texts typed;
    CLI::App app("fibercast: a server that broadcasts Server-Sent Events. GET / is the stream.",
                 "fibercast");
    declare(app, all, typed);
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
    if (auto const& kind = typed["generate"]; !kind.empty()) return print_generated(kind[0], all);
    if (auto const& config = typed["config"]; !config.empty()) {
        if (is_used_up(config[0], how))
            return wrong(fmt::format("{} is no file that can be read again", in_quotes(config[0])));
        if (auto const what = apply_config_file(config[0], settings); !what.empty())
            return wrong(what);
    }
    if (auto const what = set_typed(typed, settings); !what.empty()) return wrong(what);
    if (auto const what = contradiction(chosen); !what.empty()) return wrong(what);
    return chosen;
}

}  // namespace fibercast::app
