#include "plain_variables.hpp"

#include "percent_encode.hpp"

#include "http/percent.hpp"

#include <cstddef>

namespace fibercast {
namespace {

/// The bytes of what a string or a list has in front: a character, a comma, or `%XX`, which stands
/// for no unreserved character. 0: something else.
std::size_t first_of_value(std::string_view text) noexcept {
    if (text.empty()) return 0;
    if (is_unreserved(text[0]) || text[0] == ',') return 1;
    if (text[0] != '%' || text.size() < 3) return 0;
    int const high = hex_digit(text[1]), low = hex_digit(text[2]);
    if (high < 0 || low < 0) return 0;
    return is_unreserved(static_cast<char>(high * 16 + low)) ? 0 : 3;
}

std::size_t length_of_value(std::string_view text) noexcept {
    std::size_t length = 0;
    while (auto const more = first_of_value(text.substr(length))) length += more;
    return length;
}

bool ends_value(std::string_view literal) noexcept {
    return !literal.empty() && !is_unreserved(literal[0]) && literal[0] != ',' && literal[0] != '%';
}

}  // namespace

std::optional<plain_variables> plain_variables::of(std::vector<template_part> const& parts) {
    plain_variables made;
    for (auto const& each : parts) {
        auto const& first = each.variables.front();
        bool const plain = each.by->sign == 0 && each.variables.size() == 1 && !first.exploded &&
                           first.prefix == 0;
        bool const last = &each == &parts.back() && each.literal_behind.empty();
        if (!plain || !(last || ends_value(each.literal_behind))) return std::nullopt;
        made.behind_.push_back(each.literal_behind);
    }
    return made;
}

bool plain_variables::matches(std::string_view text) const noexcept {
    for (auto const& each : behind_) {
        text.remove_prefix(length_of_value(text));
        if (!text.starts_with(each)) return false;
        text.remove_prefix(each.size());
    }
    return text.empty();
}

}  // namespace fibercast
