#include "words.hpp"

#include <algorithm>
#include <vector>

namespace fibercast::app {
namespace {

constexpr std::string_view blanks = " \t";
constexpr std::size_t longest = 32;  // of a word worth comparing

std::string_view without_leading_blanks(std::string_view text) noexcept {
    return text.substr(std::min(text.find_first_not_of(blanks), text.size()));
}

char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// How many letters have to be put in, left out, replaced, or swapped with their neighbour, to make
/// one of the other.
std::size_t distance(std::string_view one, std::string_view other) {
    // Row i is about the first i letters of `one`, column j about the first j of `other`.
    std::vector rows(one.size() + 1, std::vector<std::size_t>(other.size() + 1));
    auto const same = [&](std::size_t i, std::size_t j) {
        return lower(one[i - 1]) == lower(other[j - 1]);
    };
    for (std::size_t i = 0; i <= one.size(); ++i) {
        for (std::size_t j = 0; j <= other.size(); ++j) {
            auto& here = rows[i][j];
            here = i + j;
            if (i == 0 || j == 0) continue;
            here = std::min({rows[i - 1][j] + 1, rows[i][j - 1] + 1,
                             rows[i - 1][j - 1] + (same(i, j) ? 0 : 1)});
            if (i > 1 && j > 1 && same(i, j - 1) && same(i - 1, j))
                here = std::min(here, rows[i - 2][j - 2] + 1);
        }
    }
    return rows.back().back();
}

}  // namespace

std::string_view take_word(std::string_view& rest) noexcept {
    rest = without_leading_blanks(rest);
    auto const word = rest.substr(0, rest.find_first_of(blanks));
    rest = without_leading_blanks(rest.substr(word.size()));
    return word;
}

std::string_view nearest(std::string_view word, std::span<std::string_view const> known) {
    std::string_view found;
    if (word.size() > longest) return found;
    auto best = std::min<std::size_t>(3, word.size() / 2 + 1);  // half of it wrong is another word
    for (auto const each : known) {
        auto const far = distance(word, each);
        if (far >= best) continue;
        best = far;
        found = each;
    }
    return found;
}

}  // namespace fibercast::app
