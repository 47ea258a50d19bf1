#include "template_parts.hpp"

#include "http/utf8.hpp"
#include "percent_encode.hpp"

#include "http/percent.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace fibercast {
namespace {

constexpr std::array<template_operator, 8> operators = {{
    {0, "", ",", false, false, false},
    {'+', "", ",", false, false, true},
    {'#', "#", ",", false, false, true},
    {'.', ".", ".", false, false, false},
    {'/', "/", "/", false, false, false},
    {';', ";", ";", true, false, false},
    {'?', "?", "&", true, true, false},
    {'&', "&", "&", true, true, false},
}};

[[noreturn]] void refuse(char const* why) {
    throw std::invalid_argument(std::string("in a URI template: ") + why);
}

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

bool is_letter(char c) noexcept { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool is_encoded(std::string_view text) noexcept {
    return text.size() > 2 && text[0] == '%' && hex_digit(text[1]) >= 0 && hex_digit(text[2]) >= 0;
}

/// `ucschar` and `iprivate`.
bool may_be_literal(char32_t beyond_ascii) noexcept {
    auto const in_plane = beyond_ascii & 0xffff;
    if (in_plane >= 0xfffe || beyond_ascii < 0xa0) return false;
    if (beyond_ascii >= 0xfff0 && beyond_ascii <= 0xffff) return false;
    if (beyond_ascii >= 0xfdd0 && beyond_ascii <= 0xfdef) return false;
    return beyond_ascii < 0xe0000 || beyond_ascii > 0xe0fff;
}

/// The bytes of what a literal may have, by RFC 6570, section 2.1, with erratum 6937: a '\'' too.
/// 0: something else.
std::size_t first_of_literal(std::string_view text) noexcept {
    auto const next = first_character(text);
    if (next.bytes != 1) return may_be_literal(next.code) ? next.bytes : 0;
    if (text[0] == '%') return is_encoded(text) ? 3 : 0;
    bool const good = next.code > ' ' && next.code < 0x7f &&
                      std::string_view("\"<>\\^`|}").find(text[0]) == std::string_view::npos;
    return good ? 1 : 0;
}

std::string literal(std::string_view text) {
    for (auto rest = text; !rest.empty();) {
        auto const length = first_of_literal(rest);
        if (length == 0) refuse("a character that a literal must not have");
        rest.remove_prefix(length);
    }
    return percent_encoded(text, percent_set::c0_control);
}

/// Letters, digits, '_' and percent-encoded bytes, and single dots between them.
bool is_name(std::string_view text) noexcept {
    bool after_dot = true;
    while (!text.empty()) {
        char const c = text.front();
        bool const encoded = is_encoded(text);
        bool const dot = c == '.' && !after_dot;
        if (!encoded && !dot && !is_letter(c) && !is_digit(c) && c != '_') return false;
        text.remove_prefix(encoded ? 3 : 1);
        after_dot = dot;
    }
    return !after_dot;
}

unsigned prefix_length(std::string_view digits) {
    bool const good = !digits.empty() && digits.size() <= 4 && digits.front() != '0' &&
                      std::all_of(digits.begin(), digits.end(), is_digit);
    if (!good) refuse("a prefix's length that is not 1 to 9999");
    unsigned length = 0;
    for (char const c : digits) length = length * 10 + static_cast<unsigned>(c - '0');
    return length;
}

template_variable variable(std::string_view text) {
    template_variable made;
    auto const colon = text.find(':');
    if (colon != text.npos) {
        made.prefix = prefix_length(text.substr(colon + 1));
        text = text.substr(0, colon);
    } else if (text.ends_with('*')) {
        made.exploded = true;
        text.remove_suffix(1);
    }
    if (!is_name(text))
        refuse("a variable without a name, or of characters that names must not have");
    made.name = text;
    return made;
}

/// What is between the braces.
template_part expression(std::string_view text) {
    auto const has_sign = [&](auto const& each) { return text.starts_with(each.sign); };
    auto const found = std::find_if(operators.begin() + 1, operators.end(), has_sign);
    template_part made{found == operators.end() ? operators.data() : &*found, {}, {}};
    if (found != operators.end()) text.remove_prefix(1);
    for (;;) {
        auto const comma = text.find(',');
        made.variables.push_back(variable(text.substr(0, comma)));
        if (comma == text.npos) return made;
        text.remove_prefix(comma + 1);
    }
}

}  // namespace

template_parts parse_template(std::string_view text) {
    template_parts made;
    auto const take_literal = [&text] {
        auto const before = text.substr(0, text.find('{'));
        text.remove_prefix(before.size());
        return literal(before);
    };
    made.beginning = take_literal();
    while (!text.empty()) {
        auto const close = text.find('}');
        if (close == text.npos) refuse("a '{' without its '}'");
        made.parts.push_back(expression(text.substr(1, close - 1)));
        text.remove_prefix(close + 1);
        made.parts.back().literal_behind = take_literal();
    }
    return made;
}

}  // namespace fibercast
