#include "config_file.hpp"

#include "app/text/words.hpp"
#include "http/escape.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <set>
#include <string_view>
#include <system_error>

namespace fibercast::app {
namespace {

constexpr std::string_view blanks = " \t\r";

std::string_view trimmed(std::string_view text) noexcept {
    auto const first = text.find_first_not_of(blanks);
    if (first == text.npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

/// What begins a comment does not within a word, which it belongs to.
std::string_view without_comment(std::string_view text) noexcept {
    auto const found = [&](std::size_t from) { return text.find_first_of("#;", from); };
    for (auto at = found(0); at != text.npos; at = found(at + 1)) {
        if (at == 0 || blanks.find(text[at - 1]) != blanks.npos) return text.substr(0, at);
    }
    return text;
}

/// What is in quotes has no comments.
std::string value_in(std::string_view text) {
    for (char const quote : {'"', '\''}) {
        auto const end = text.find(quote, 1);
        if (text.starts_with(quote) && end != text.npos &&
            trimmed(without_comment(trimmed(text.substr(end + 1)))).empty())
            return std::string(text.substr(1, end - 1));
    }
    return std::string(trimmed(without_comment(text)));
}

std::string unknown(std::string_view key, std::vector<option_entry> const& known) {
    std::vector<std::string_view> names;
    names.reserve(known.size());
    for (auto const& each : known) names.push_back(each.name);
    auto const meant = nearest(key, names);
    return fmt::format("unknown key {}{}", in_quotes(key),
                       meant.empty() ? "" : fmt::format("; did you mean {}?", meant));
}

/// Returns what is wrong with one line.
std::string set_line(std::string_view line, std::vector<option_entry> const& known,
                     std::set<std::string_view>& seen) {
    auto const text = trimmed(line);
    if (text.empty() || without_comment(text).empty()) return {};
    if (text.starts_with('[')) return fmt::format("{}: there are no sections", in_quotes(text));
    auto const equals = text.find('=');
    if (equals == text.npos)
        return fmt::format("{} is no line such as port = 8080", in_quotes(text));
    auto const key = trimmed(text.substr(0, equals));
    auto const* const option = find_option(known, key);
    if (option == nullptr) return unknown(key, known);
    if (!seen.insert(option->name).second) return fmt::format("{} is set a second time", key);
    auto const wrong = option->parse(value_in(trimmed(text.substr(equals + 1))));
    return wrong.empty() ? wrong : fmt::format("{}: {}", key, wrong);
}

}  // namespace

std::string apply_config_file(std::string const& path, std::vector<option_entry> const& known) {
    if (path.empty()) return "'' is no configuration file";
    std::error_code ignored;
    if (std::filesystem::is_directory(path, ignored))
        return fmt::format("{} is a folder and no configuration file", in_quotes(path));
    std::ifstream file(path, std::ios::binary);
    if (!file) return fmt::format("{}: {}", escaped(path), std::system_category().message(errno));
    std::set<std::string_view> seen;
    std::size_t number = 0;
    for (std::string line; std::getline(file, line);) {
        ++number;
        if (auto const wrong = set_line(line, known, seen); !wrong.empty())
            return fmt::format("{}:{}: {}", escaped(path), number, wrong);
    }
    return {};
}

}  // namespace fibercast::app
