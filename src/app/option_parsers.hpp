#pragma once

#include "admin_address.hpp"
#include "app/text/number.hpp"
#include "http/escape.hpp"
#include "option_list.hpp"

#include <fibercast/coding/content_coding.hpp>
#include <fibercast/http/address_range.hpp>
#include <fibercast/runtime/overflow.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What an option's text may be. Each sets `to`, which must outlive it.
namespace fibercast::app::option_parsers {

using parser = option_entry::parser;

/// Of pairs, each a name and its value.
template <typename Choices>
std::vector<std::string> words(Choices const& of) {
    std::vector<std::string> all;
    all.reserve(of.size());
    for (auto const& [name, value] : of) all.emplace_back(name);
    return all;
}

template <typename Choices>
std::string names(Choices const& of) {
    return fmt::format("{}", fmt::join(words(of), ", "));
}

/// One of these names; they must outlive it, too.
template <typename Choices, typename To>
parser choice(Choices const& of, To& to) {
    parser one = [&of, &to](std::string const& text) -> std::string {
        for (auto const& [name, value] : of) {
            if (text != name) continue;
            to = value;
            return {};
        }
        return fmt::format("{} is none of {}", in_quotes(text), names(of));
    };
    one.words = words(of);
    return one;
}

template <typename Number, typename To>
parser number(Number least, Number most, To& to) {
    return [=, &to](std::string const& text) -> std::string {
        auto const parsed = parse_number(text, least, most);
        if (parsed) to = *parsed;
        if (parsed) return {};
        return fmt::format("{} is no number from {} to {}", in_quotes(text), least, most);
    };
}

/// Some of them, with commas between; or `none`.
parser policies(std::vector<overflow>& to);
/// Some of them, with commas between; or `none`.
parser codings(std::vector<content_coding>& to);
/// With commas between.
parser ranges(std::vector<address_range>& to);
/// With commas between.
parser origins(std::vector<std::string>& to);
parser span(std::chrono::milliseconds& to);
parser size(std::size_t& to);
parser host(std::string& to);
parser path(std::string& to);
/// One that `mercure::check_hub_url` takes.
parser hub_url(std::string& to, bool& said);
/// Not empty, of what can be seen.
parser text(std::string& to);
/// With commas between.
parser texts(std::vector<std::string>& to);
/// Topics and patterns of them, with commas between; `on` for all, and `off` for none.
parser anonymous(std::vector<std::string>& to);
/// A cookie's name, or `off`.
parser cookie(std::optional<std::string>& to);
/// Or `off`.
parser admin(std::optional<admin_address>& to);
/// A flag.
parser yes(bool& to);
/// A flag that takes something away.
parser no(bool& to);

}  // namespace fibercast::app::option_parsers
