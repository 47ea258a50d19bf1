#include "page.hpp"

#include "http/escape.hpp"

#include <fibercast/http/query.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <stdexcept>
#include <system_error>

namespace fibercast {
namespace {

constexpr std::uint64_t largest_page = 1'000;

}  // namespace

page read_page(request const& asked, std::initializer_list<std::string_view> known) {
    page wanted;
    for (auto const& [name, value] : query_params(asked)) {
        if (std::find(known.begin(), known.end(), name) == known.end())
            throw std::invalid_argument(fmt::format("there is no parameter {}, but {}",
                                                    in_quotes(name), fmt::join(known, ", ")));
        if (name == "after") wanted.after = value;
        if (name == "topic") wanted.topic = value;
        if (name != "limit") continue;
        auto const limit = parse_number(value);
        if (!limit || *limit == 0 || *limit > largest_page)
            throw std::invalid_argument(
                fmt::format("limit: {} is no number from 1 to {}", in_quotes(value), largest_page));
        wanted.limit = *limit;
    }
    return wanted;
}

std::optional<std::uint64_t> parse_number(std::string_view text) noexcept {
    std::uint64_t number = 0;
    auto const* const end = text.data() + text.size();
    auto const parsed = std::from_chars(text.data(), end, number);
    if (parsed.ec != std::errc() || parsed.ptr != end) return std::nullopt;
    return number;
}

}  // namespace fibercast
