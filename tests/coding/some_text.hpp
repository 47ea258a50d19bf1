#pragma once

#include "support/chance.hpp"

#include <cstddef>
#include <string>

/// Text as pages send it, of which most comes again and some does not; now and then one that is very
/// short, or noise.
inline std::string some_text(chance& by) {
    if (by.one_in(8)) return ":\n";
    std::string text;
    if (by.one_in(8)) {
        for (auto left = by.below(400) + 1; left != 0; --left)
            text.push_back(static_cast<char>(by.below(256)));
        return text;
    }
    auto const rows = by.below(60) + 1;
    for (std::size_t row = 0; row < rows; ++row) {
        text += "data: <tr id=\"row-" + std::to_string(row) + "\"><td class=\"name\">the player ";
        text += std::to_string(by.one_in(10) ? by.below(1'000'000) : row * 7919);
        text += "</td></tr>\n";
    }
    return text;
}
