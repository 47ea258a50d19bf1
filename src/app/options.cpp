#include "options.hpp"

#include "app/text/escape.hpp"
#include "app/text/span_text.hpp"

#include <fibercast/version.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <bit>
#include <charconv>
#include <limits>
#include <utility>
#include <vector>

namespace fibercast::app {
namespace {

constexpr int usage_error = 2;

template <typename Value>
using choices = std::vector<std::pair<std::string_view, Value>>;

choices<overflow> const overflows{{"block", overflow::block},
                                  {"drop-oldest", overflow::drop_oldest},
                                  {"drop-newest", overflow::drop_newest},
                                  {"disconnect", overflow::disconnect}};

choices<spdlog::level::level_enum> const log_levels{
    {"trace", spdlog::level::trace}, {"debug", spdlog::level::debug}, {"info", spdlog::level::info},
    {"warn", spdlog::level::warn},   {"error", spdlog::level::err},   {"off", spdlog::level::off}};

template <typename Value>
std::string names(choices<Value> const& of) {
    std::vector<std::string_view> all;
    for (auto const& [name, value] : of) all.push_back(name);
    return fmt::format("{}", fmt::join(all, ", "));
}

/// A parser is given the text and the value to set, and returns what is wrong with the text, if it
/// is.
using complaint = std::string;

template <typename Value>
complaint parse_choice(std::string const& text, choices<Value> const& of, Value& to) {
    for (auto const& [name, value] : of) {
        if (text != name) continue;
        to = value;
        return {};
    }
    return fmt::format("{} is none of {}", in_quotes(text), names(of));
}

template <typename Number>
complaint parse_number(std::string const& text, Number least, Number most, Number& to) {
    auto const end = text.data() + text.size();
    auto const parsed = std::from_chars(text.data(), end, to);
    if (parsed.ec == std::errc() && parsed.ptr == end && to >= least && to <= most) return {};
    return fmt::format("{} is no number from {} to {}", in_quotes(text), least, most);
}

complaint parse_span_option(std::string const& text, std::chrono::milliseconds& to) {
    auto const span = parse_span(text);
    if (!span)
        return fmt::format("{} is no time of at most a day, such as 500ms, 10s or 2m",
                           in_quotes(text));
    to = *span;
    return {};
}

complaint parse_capacity(std::string const& text, std::size_t& to) {
    auto const wrong = parse_number<std::size_t>(text, 2, 65'536, to);
    if (wrong.empty() && std::has_single_bit(to)) return {};
    return fmt::format("{} is no power of two from 2 to 65536", in_quotes(text));
}

complaint parse_host(std::string const& text, std::string& to) {
    if (text.empty() || text.find('\0') != std::string::npos)
        return fmt::format("{} is no host", in_quotes(text));
    bool const bracketed = text.starts_with('[') && text.ends_with(']');
    to = bracketed ? text.substr(1, text.size() - 2) : text;
    return {};
}

template <typename Parser>
void add(CLI::App& to, std::string const& name, std::string const& type, std::string const& initial,
         std::string const& help, Parser parse) {
    to.add_option_function<std::string>(
          name,
          [name, parse](std::string const& text) {
              if (auto const wrong = parse(text); !wrong.empty())
                  throw CLI::ValidationError(name, wrong);
          },
          help)
        ->type_name(type)
        ->default_str(initial);
}

void add_all(CLI::App& to, options& o) {
    using text = std::string const&;
    add(to, "--host", "HOST", o.host, "name or address to listen on; 0.0.0.0 or :: for all",
        [&o](text t) { return parse_host(t, o.host); });
    add(to, "--port", "N", "8080", "port to listen on; 0 picks a free one",
        [&o](text t) { return parse_number<std::uint16_t>(t, 0, 65'535, o.port); });
    add(to, "--workers", "N", "", "worker threads; without it, one for each usable processor",
        [&o](text t) { return parse_number<unsigned>(t, 1, 1'024, o.workers); });
    add(to, "--heartbeat", "TIME", span_text(o.heartbeat),
        "a client idle for so long gets a comment; 0: never",
        [&o](text t) { return parse_span_option(t, o.heartbeat); });
    add(to, "--channel-capacity", "N", "16",
        "slots of each client's channel, a power of two; it holds one less; a burst may share one",
        [&o](text t) { return parse_capacity(t, o.channel_capacity); });
    add(to, "--overflow", "POLICY", "disconnect",
        "what happens to a client whose channel is full: " + names(overflows),
        [&o](text t) { return parse_choice(t, overflows, o.overflow); });
    add(to, "--drain-timeout", "TIME", span_text(o.drain_timeout),
        "how long stopping may take before clients are cut",
        [&o](text t) { return parse_span_option(t, o.drain_timeout); });
    add(to, "--peer-timeout", "TIME", span_text(o.peer_timeout),
        "a peer that acknowledges nothing for so long is gone; 0: the system's own time",
        [&o](text t) { return parse_span_option(t, o.peer_timeout); });
    add(to, "--log-level", "LEVEL", "info",
        "least important kind of message to log: " + names(log_levels),
        [&o](text t) { return parse_choice(t, log_levels, o.log_level); });
    to.add_flag_callback(
        "--no-history", [&o] { o.history = false; },
        "forget the commands typed on a terminal when the session ends");
}

constexpr char const* footer =
    "TIME is a number with ms, s, m or h behind it. A configuration file has lines such as port = "
    "8080;\n"
    "the command line wins.\n\n"
    "SIGINT, SIGTERM, SIGHUP and the command quit stop the server politely: it accepts no more, "
    "ends the\n"
    "streams and exits with status 0. A second signal, 50 ms later or more, ends it at once, with "
    "status\n"
    "128 + the signal.\n"
    "Commands are read from standard input; help lists them. At the end of input the server goes "
    "on,\n"
    "unless the input is a terminal.";

early_end wrong(std::string_view what) {
    return {usage_error, fmt::format("fibercast: {} (see --help)\n", what)};
}

/// CLI11 says "INI was not able to parse KEY", with ".++" behind the name of a section.
early_end wrong_file(CLI::ConfigError const& error) {
    std::string_view what = error.what();
    constexpr std::string_view prefix = "INI was not able to parse ";
    if (!what.starts_with(prefix)) return wrong(escaped(what));
    what.remove_prefix(prefix.size());
    constexpr std::string_view section = ".++";
    if (what.ends_with(section)) what.remove_suffix(section.size());
    return wrong(fmt::format("the configuration file has an unknown key {}", in_quotes(what)));
}

}  // namespace

std::variant<options, early_end> parse_options(int argc, char const* const* argv) {
    options chosen;
    CLI::App app("fibercast: a server that broadcasts Server-Sent Events. GET / is the stream.",
                 "fibercast");
    app.set_version_flag("--version", "fibercast " FIBERCAST_VERSION);
    app.set_config("--config", "", "read options from a file")->type_name("FILE");
    app.allow_config_extras(CLI::config_extras_mode::error);
    app.footer(footer);
    add_all(app, chosen);
    try {
        app.parse(argc, argv);
        return chosen;
    } catch (CLI::CallForHelp const&) {
        return early_end{0, app.help()};
    } catch (CLI::CallForVersion const& version) {
        return early_end{0, version.what() + std::string("\n")};
    } catch (CLI::ConfigError const& error) {
        return wrong_file(error);
    } catch (CLI::ValidationError const& error) {
        return wrong(error.what());  // our own words
    } catch (CLI::ParseError const& error) {
        return wrong(escaped(error.what()));
    }
}

}  // namespace fibercast::app
