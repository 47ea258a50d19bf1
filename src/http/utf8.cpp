#include "utf8.hpp"

#include <boost/locale/utf.hpp>

#include <algorithm>
#include <iterator>

namespace fibercast {
namespace {

struct range {
    char32_t first;
    char32_t last;
};

/// The general categories Cc and Cf of Unicode 15.
constexpr range control_or_format[] = {
    {0x0, 0x1f},        {0x7f, 0x9f},       {0xad, 0xad},       {0x600, 0x605},
    {0x61c, 0x61c},     {0x6dd, 0x6dd},     {0x70f, 0x70f},     {0x890, 0x891},
    {0x8e2, 0x8e2},     {0x180e, 0x180e},   {0x200b, 0x200f},   {0x202a, 0x202e},
    {0x2060, 0x2064},   {0x2066, 0x206f},   {0xfeff, 0xfeff},   {0xfff9, 0xfffb},
    {0x110bd, 0x110bd}, {0x110cd, 0x110cd}, {0x13430, 0x1343f}, {0x1bca0, 0x1bca3},
    {0x1d173, 0x1d17a}, {0xe0001, 0xe0001}, {0xe0020, 0xe007f},
};

}  // namespace

utf8_character first_character(std::string_view text) noexcept {
    namespace utf = boost::locale::utf;
    auto const* end = text.data();
    auto const code = utf::utf_traits<char>::decode(end, text.data() + text.size());
    if (code == utf::illegal || code == utf::incomplete) return {};
    return {code, static_cast<std::size_t>(end - text.data())};
}

bool is_utf8(std::string_view text) noexcept {
    while (!text.empty()) {
        auto const next = first_character(text);
        if (next.bytes == 0) return false;
        text.remove_prefix(next.bytes);
    }
    return true;
}

bool is_control_or_format(char32_t code) noexcept {
    return std::any_of(
        std::begin(control_or_format), std::end(control_or_format),
        [code](range const& each) { return code >= each.first && code <= each.last; });
}

}  // namespace fibercast
