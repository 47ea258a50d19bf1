#include "command.hpp"

#include "app/text/escape.hpp"
#include "app/text/utf8.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

namespace fibercast::app {
namespace {

using namespace commands;

constexpr std::string_view blanks = " \t";

std::string_view without_leading_blanks(std::string_view text) {
    return text.substr(std::min(text.find_first_not_of(blanks), text.size()));
}

/// Cuts the first word off `rest`.
std::string_view take_word(std::string_view& rest) {
    rest = without_leading_blanks(rest);
    auto const word = rest.substr(0, rest.find_first_of(blanks));
    rest = without_leading_blanks(rest.substr(word.size()));
    return word;
}

/// `\n` and `\\`; any other backslash stands for itself.
std::string unescaped(std::string_view text) {
    std::string plain;
    plain.reserve(text.size());
    while (!text.empty()) {
        bool const line_end = text.starts_with("\\n");
        bool const escape = line_end || text.starts_with("\\\\");
        plain += line_end ? '\n' : text.front();
        text.remove_prefix(escape ? 2 : 1);
    }
    return plain;
}

std::optional<client_id> parse_id(std::string_view word) {
    client_id id = 0;
    auto const [end, error] = std::from_chars(word.data(), word.data() + word.size(), id);
    if (error != std::errc() || end != word.data() + word.size()) return std::nullopt;
    return id;
}

mistake no_id(std::string_view command, std::string_view word) {
    if (word.empty())
        return {
            fmt::format("{0} whom? usage: {0} ID{1}", command, command == "send" ? " TEXT" : "")};
    return {fmt::format("{} is no client's id; 'clients' shows the ids", in_quotes(word))};
}

command parse_broadcast(std::string_view rest) {
    if (rest.empty()) return mistake{"broadcast what? usage: broadcast TEXT"};
    return broadcast{unescaped(rest)};
}

command parse_send(std::string_view rest) {
    auto const word = take_word(rest);
    auto const id = parse_id(word);
    if (!id) return no_id("send", word);
    if (rest.empty()) return mistake{"send what? usage: send ID TEXT"};
    return send{*id, unescaped(rest)};
}

command parse_kick(std::string_view rest) {
    auto const word = take_word(rest);
    auto const id = parse_id(word);
    if (!id) return no_id("kick", word);
    if (!rest.empty()) return mistake{"kick takes one id; usage: kick ID"};
    return kick{*id};
}

command parse_clients(std::string_view rest) {
    auto const word = take_word(rest);
    if (!rest.empty() || (!word.empty() && word != "--slow"))
        return mistake{"usage: clients [--slow]"};
    return clients{!word.empty()};
}

/// A command that is nothing but its name.
template <typename Command>
command parse_bare(std::string_view name, std::string_view rest) {
    if (!rest.empty()) return mistake{fmt::format("{} takes nothing behind it", name)};
    return Command{};
}

}  // namespace

command parse_command(std::string_view line) {
    if (line.find('\0') != std::string_view::npos)
        return mistake{"the line has a NUL byte and is ignored"};
    if (!is_utf8(line)) return mistake{"the line is not valid UTF-8 and is ignored"};
    auto rest = line;
    auto const name = take_word(rest);
    if (name.empty()) return nothing{};
    if (name == "broadcast") return parse_broadcast(rest);
    if (name == "send") return parse_send(rest);
    if (name == "clients") return parse_clients(rest);
    if (name == "kick") return parse_kick(rest);
    if (name == "count") return parse_bare<count>(name, rest);
    if (name == "stats") return parse_bare<stats>(name, rest);
    if (name == "help") return parse_bare<help>(name, rest);
    if (name == "quit") return parse_bare<quit>(name, rest);
    return mistake{fmt::format("unknown command {}; 'help' lists the commands", in_quotes(name))};
}

}  // namespace fibercast::app
