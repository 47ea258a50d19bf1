// A template matches what the plain expander makes of it, and of what is made of that by a slip
// only what the expander makes of some other values.

#include <fibercast/url/uri_template.hpp>

#include "support/catch.hpp"
#include "support/chance.hpp"
#include "url/template_expander.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace {

std::string decoded(std::string_view text) {
    std::string made;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%' || text.size() - i < 3) {
            made += text[i];
            continue;
        }
        try {
            made += static_cast<char>(std::stoi(std::string(text.substr(i + 1, 2)), nullptr, 16));
        } catch (std::invalid_argument const&) {
            return std::string(text);
        }
        i += 2;
    }
    return made;
}

std::vector<std::string> split(std::string const& text, char by) {
    std::vector<std::string> made(1);
    for (char const c : text) {
        if (c == by)
            made.emplace_back();
        else
            made.back() += c;
    }
    return made;
}

template_list list_by(std::string const& part, char separator) {
    auto made = split(part, separator);
    for (auto& each : made) each = decoded(each);
    return made;
}

/// A separator between two '=', of which there is one in each pair.
template_pairs pairs_by(std::string const& part, char separator) {
    auto between = split(part, '=');
    template_pairs made;
    for (std::size_t i = 0; i + 1 < between.size(); ++i) {
        auto& behind = between[i + 1];
        auto const end = i + 2 < between.size() ? behind.find(separator) : behind.npos;
        made.emplace_back(decoded(between[i]), decoded(behind.substr(0, end)));
        if (end != behind.npos) behind.erase(0, end + 1);
    }
    return made;
}

/// Any value that a part of a text can have come of, or one that comes to the same.
std::vector<template_value> values_behind(std::string const& part) {
    std::vector<template_value> made = {part, decoded(part), template_list{decoded(part)}};
    for (char const separator : std::string(",./;&")) {
        if (part.find(separator) == part.npos) continue;
        made.push_back(list_by(part, separator));
        if (part.find('=') != part.npos) made.push_back(pairs_by(part, separator));
    }
    // Where it is encoded as a literal is, the name of a pair may have everything in it.
    auto const last = part.rfind('=');
    made.push_back(template_pairs{{part, ""}});
    if (last != part.npos)
        made.insert(made.end(),
                    {template_pairs{{part.substr(0, last), decoded(part.substr(last + 1))}},
                     pairs_by(part, '=')});
    return made;
}

/// A template of one expression, between two literals.
struct trial {
    std::string before, sign, behind;
    std::vector<std::string> names, modifiers;

    std::string text() const {
        std::string made = before + '{' + sign;
        for (std::size_t i = 0; i < names.size(); ++i)
            made += (i == 0 ? "" : ",") + names[i] + modifiers[i];
        return made + '}' + behind;
    }
};

/// Those values of a variable that come to something in the text, one for each of what they come
/// to.
std::vector<template_value> candidates(trial const& it, std::size_t variable,
                                       std::string const& text) {
    std::map<std::string, template_value> found;
    auto const alone = '{' + it.sign + it.names[variable] + it.modifiers[variable] + '}';
    bool const prefix = it.modifiers[variable].starts_with(':');
    auto const first = it.sign == "+" ? "" : it.sign;
    std::set<std::string> parts;
    for (std::size_t from = 0; from <= text.size(); ++from)
        for (std::size_t size = 0; size <= text.size() - from; ++size)
            parts.insert(text.substr(from, size));
    for (auto const& part : parts) {
        for (auto const& each : values_behind(part)) {
            if (prefix && !std::holds_alternative<std::string>(each)) continue;
            auto const made = expanded(alone, {{it.names[variable], each}});
            if (text.find(made.substr(first.size())) != text.npos) found.emplace(made, each);
        }
    }
    std::vector<template_value> all;
    all.reserve(found.size());
    for (auto const& each : found) all.push_back(each.second);
    return all;
}

/// Whether some values expand to the text: all that may.
bool comes_of(trial const& it, std::string const& text) {
    std::vector<template_values> sets(1);
    for (std::size_t i = 0; i < it.names.size(); ++i) {
        auto const values = candidates(it, i, text);
        for (auto const& set : std::vector(sets)) {
            for (auto const& each : values) {
                sets.push_back(set);
                sets.back()[it.names[i]] = each;
            }
        }
    }
    return std::any_of(sets.begin(), sets.end(),
                       [&](auto const& each) { return expanded(it.text(), each) == text; });
}

class random_trials {
public:
    explicit random_trials(unsigned seed) : random_(seed) {}

    trial some(std::vector<std::string> const& names) {
        trial made{random_.of(literals_), random_.of(signs_), random_.of(literals_), names, {}};
        while (made.modifiers.size() < names.size())
            made.modifiers.push_back(random_.of(modifiers_));
        return made;
    }

    template_values values(trial const& it, std::size_t longest) {
        template_values made;
        for (std::size_t i = 0; i < it.names.size(); ++i) {
            bool const prefix = it.modifiers[i].starts_with(':');
            switch (random_.below(prefix ? 3 : 6)) {
            case 0: break;
            case 1:
            case 2: made[it.names[i]] = string(longest); break;
            case 3: made[it.names[i]] = template_list{string(1), string(longest)}; break;
            case 4: made[it.names[i]] = template_pairs{{string(1), string(longest)}}; break;
            default: made[it.names[i]] = template_pairs{{string(1), ""}, {"x", string(1)}};
            }
        }
        return made;
    }

    /// With a piece in it that was not there, or without one that was.
    std::string slipped(std::string text) {
        auto const at = random_.below(text.size() + 1);
        auto const length = std::min<std::size_t>(random_.below(3), text.size() - at);
        return text.replace(at, length, random_.of(slips_));
    }

private:
    std::string string(std::size_t longest) {
        std::string made;
        for (auto left = random_.below(longest + 1); left > 0; --left) made += random_.of(pieces_);
        return made;
    }

    chance random_;
    // No letters that would be digits behind a '%', and small: the expander makes none.
    std::vector<std::string> literals_ = {"", "", "n", "/", ",", "=", "%2F", "\xc3\xa9"};
    std::vector<std::string> signs_ = {"", "", "+", "#", ".", "/", ";", "?", "&"};
    std::vector<std::string> modifiers_ = {"", "", "", "*", "*", ":1", ":2"};
    std::vector<std::string> pieces_ = {"n", "o", "x", ".", "/",   ",",
                                        "=", "&", ";", "%", "%41", "\xc3\xa9"};
    std::vector<std::string> slips_ = {"",  "",  "n", "x", ".",   "/",   ",",      "=", "&",
                                       ";", "?", "#", "%", "%2F", "%41", "%C3%A9", " ", "x="};
};

struct count {
    int matching = 0, others = 0;
};

count try_some(unsigned seed, std::vector<std::string> const& names, std::size_t longest,
               int trials) {
    random_trials random(seed);
    count found;
    for (int i = 0; i < trials; ++i) {
        auto const it = random.some(names);
        fibercast::uri_template const tried(it.text());
        auto const right = expanded(it.text(), random.values(it, longest));
        INFO(it.text() << " and " << right);
        REQUIRE(tried.matches(right));
        REQUIRE(right.starts_with(tried.literal_prefix()));
        auto const slipped = random.slipped(right);
        INFO("slipped: " << slipped);
        bool const matches = tried.matches(slipped);
        REQUIRE(matches == comes_of(it, slipped));
        ++(matches ? found.matching : found.others);
    }
    return found;
}

}  // namespace

TEST_CASE("what comes of one variable matches, and by a slip only what comes of other values") {
    auto const found = try_some(1, {"x"}, 3, 1000);
    CHECK(found.matching > 150);
    CHECK(found.others > 150);
}

TEST_CASE("what comes of two variables matches, and by a slip only what comes of other values") {
    auto const found = try_some(2, {"x", "y"}, 1, 200);
    CHECK(found.matching > 30);
    CHECK(found.others > 30);
}

TEST_CASE("whatever comes of many variables matches") {
    random_trials random(3);
    for (int i = 0; i < 5000; ++i) {
        auto const first = random.some({"x", "y"}), second = random.some({"z"});
        auto const text = first.text() + second.text();
        auto values = random.values(first, 6);
        values.merge(random.values(second, 6));
        auto const made = expanded(text, values);
        INFO(text << " and " << made);
        REQUIRE(fibercast::uri_template(text).matches(made));
    }
}
