#include "template_expander.hpp"

#include <algorithm>
#include <cstdio>
#include <string_view>

namespace {

bool is_unreserved(char c) {
    return std::string_view("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~")
               .find(c) != std::string_view::npos;
}

bool is_reserved(char c) {
    return std::string_view(":/?#[]@!$&'()*+,;=").find(c) != std::string_view::npos;
}

bool is_triplet(std::string_view text) {
    auto const is_hex = [](char c) {
        return std::string_view("0123456789ABCDEFabcdef").find(c) != std::string_view::npos;
    };
    return text.size() >= 3 && text[0] == '%' && is_hex(text[1]) && is_hex(text[2]);
}

/// With `keep`, as literals are.
std::string encoded(std::string_view text, bool keep) {
    std::string made;
    while (!text.empty()) {
        auto const length = keep && is_triplet(text) ? 3U : 1U;
        auto const some = text.substr(0, length);
        bool const as_it_is =
            length == 3 || is_unreserved(some[0]) || (keep && is_reserved(some[0]));
        made += as_it_is ? std::string(some) : triplets(some);
        text.remove_prefix(length);
    }
    return made;
}

/// The first byte, which in a value that keeps triplets may be one.
std::pair<unsigned, std::size_t> first_byte(std::string_view text, bool keep) {
    if (!keep || !is_triplet(text)) return {static_cast<unsigned char>(text[0]), 1};
    return {static_cast<unsigned>(std::stoul(std::string(text.substr(1, 2)), nullptr, 16)), 3};
}

/// The bytes of the first character, of UTF-8: one that begins it, and those that go on with it.
std::size_t first_length(std::string_view text, bool keep) {
    auto length = first_byte(text, keep).second;
    while (length < text.size()) {
        auto const [byte, size] = first_byte(text.substr(length), keep);
        if ((byte & 0xc0U) != 0x80) break;
        length += size;
    }
    return length;
}

std::string_view first_characters(std::string_view text, unsigned many, bool keep) {
    std::size_t length = 0;
    for (; many > 0 && length < text.size(); --many)
        length += first_length(text.substr(length), keep);
    return text.substr(0, length);
}

struct rules {
    std::string first, separator;
    bool named = false;
    std::string if_empty = {};
    bool keep = false;
};

rules rules_of(char sign) {
    switch (sign) {
    case '+': return {"", ",", false, "", true};
    case '#': return {"#", ",", false, "", true};
    case '.': return {".", "."};
    case '/': return {"/", "/"};
    case ';': return {";", ";", true};
    case '?': return {"?", "&", true, "="};
    case '&': return {"&", "&", true, "="};
    default: return {"", ","};
    }
}

struct specification {
    std::string name;
    bool exploded = false;
    unsigned prefix = 10'000;
};

std::string behind_name(std::string const& value, rules const& by) {
    return value.empty() ? by.if_empty : '=' + encoded(value, by.keep);
}

std::string of(std::string const& value, specification const& it, rules const& by) {
    std::string const some(first_characters(value, it.prefix, by.keep));
    return by.named ? encoded(it.name, true) + behind_name(some, by) : encoded(some, by.keep);
}

std::string joined(std::vector<std::string> const& all, std::string const& separator) {
    std::string made;
    for (std::size_t i = 0; i < all.size(); ++i) made += (i == 0 ? "" : separator) + all[i];
    return made;
}

std::string of(template_list const& list, specification const& it, rules const& by) {
    std::vector<std::string> each;
    for (auto const& member : list) {
        auto const named = it.exploded && by.named;
        each.push_back(named ? encoded(it.name, true) + behind_name(member, by)
                             : encoded(member, by.keep));
    }
    if (it.exploded) return joined(each, by.separator);
    return (by.named ? encoded(it.name, true) + '=' : "") + joined(each, ",");
}

std::string of(template_pairs const& pairs, specification const& it, rules const& by) {
    std::vector<std::string> each;
    for (auto const& [name, value] : pairs) {
        if (!it.exploded)
            each.push_back(encoded(name, by.keep) + ',' + encoded(value, by.keep));
        else if (by.named)
            each.push_back(encoded(name, true) + behind_name(value, by));
        else
            each.push_back(encoded(name, by.keep) + '=' + encoded(value, by.keep));
    }
    if (it.exploded) return joined(each, by.separator);
    return (by.named ? encoded(it.name, true) + '=' : "") + joined(each, ",");
}

bool is_defined(template_value const& value) {
    if (auto const* list = std::get_if<template_list>(&value)) return !list->empty();
    if (auto const* pairs = std::get_if<template_pairs>(&value)) return !pairs->empty();
    return true;
}

specification read(std::string_view text) {
    specification made;
    auto const colon = text.find(':');
    if (colon != text.npos)
        made.prefix = static_cast<unsigned>(std::stoul(std::string(text.substr(colon + 1))));
    made.exploded = text.ends_with('*');
    made.name = text.substr(0, std::min(colon, text.find('*')));
    return made;
}

std::string of_expression(std::string_view text, template_values const& values) {
    auto const by = rules_of(text[0]);
    if (std::string_view("+#./;?&").find(text[0]) != std::string_view::npos) text.remove_prefix(1);
    std::vector<std::string> each;
    for (bool more = true; more;) {
        auto const comma = text.find(',');
        auto const it = read(text.substr(0, comma));
        auto const value = values.find(it.name);
        if (value != values.end() && is_defined(value->second))
            each.push_back(std::visit([&](auto const& v) { return of(v, it, by); }, value->second));
        more = comma != text.npos;
        if (more) text.remove_prefix(comma + 1);
    }
    return each.empty() ? "" : by.first + joined(each, by.separator);
}

}  // namespace

std::string triplets(std::string_view bytes) {
    std::string made;
    for (char const c : bytes) {
        char three[4];
        std::snprintf(three, sizeof three, "%%%02X",
                      static_cast<unsigned>(static_cast<unsigned char>(c)));
        made += three;
    }
    return made;
}

std::string expanded(std::string_view text, template_values const& values) {
    std::string made;
    while (!text.empty()) {
        auto const open = std::min(text.find('{'), text.size());
        made += encoded(text.substr(0, open), true);
        if (open == text.size()) break;
        auto const close = text.find('}');
        made += of_expression(text.substr(open + 1, close - open - 1), values);
        text.remove_prefix(close + 1);
    }
    return made;
}
