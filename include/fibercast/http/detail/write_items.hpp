#pragma once

#include <fibercast/api.hpp>
#include <fibercast/http/chunk_view.hpp>
#include <fibercast/http/output.hpp>

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <span>
#include <string_view>

namespace fibercast {

/// So many are taken out of a queue, and written, at once.
inline constexpr std::size_t most_items_at_once = 16;

/// Writes what came out of a queue, at most so many: chunks in one write, strings one by one. False
/// as `output::write`.
template <typename Item>
[[nodiscard]] bool write_items(std::span<Item const> items, output& to) {
    if constexpr (std::convertible_to<Item, std::string_view>) {
        return std::all_of(items.begin(), items.end(),
                           [&](std::string_view each) { return to.write(each); });
    } else {
        std::array<chunk_view, most_items_at_once> views;
        std::transform(items.begin(), items.end(), views.begin(),
                       [](Item const& each) { return each->view(); });
        return to.write(std::span<chunk_view const>(views).first(items.size()));
    }
}

}  // namespace fibercast
