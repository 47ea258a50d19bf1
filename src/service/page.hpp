#pragma once

#include <fibercast/http/request.hpp>

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace fibercast {

/// Which part of a long list somebody wants.
struct page {
    std::size_t limit = 100;
    std::optional<std::string> after;  ///< The last item of the page before.
    std::optional<std::string> topic;  ///< Only what has to do with it.
};

/// Reads it from the query. Throws `std::invalid_argument`, with a sentence that is safe to print,
/// or `request_error`.
page read_page(request const& asked, std::initializer_list<std::string_view> known);

/// A decimal number and nothing else.
std::optional<std::uint64_t> parse_number(std::string_view text) noexcept;

}  // namespace fibercast
