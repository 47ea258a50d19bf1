#include "escape.hpp"

#include "utf8.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace fibercast {
namespace {

struct range {
    char32_t first;
    char32_t last;
};

/// Beyond ASCII: what controls the terminal, the direction of text, or is not seen.
constexpr range harmful[] = {
    {0x80, 0x9f},       {0xad, 0xad},       {0x34f, 0x34f},   {0x61c, 0x61c},   {0x115f, 0x1160},
    {0x17b4, 0x17b5},   {0x180b, 0x180f},   {0x200b, 0x200f}, {0x2028, 0x202e}, {0x2060, 0x206f},
    {0x3164, 0x3164},   {0xfe00, 0xfe0f},   {0xfeff, 0xfeff}, {0xffa0, 0xffa0}, {0xfff0, 0xfffb},
    {0x1d173, 0x1d17a}, {0xe0000, 0xe0fff},
};

bool is_harmful(char32_t code) noexcept {
    return std::any_of(std::begin(harmful), std::end(harmful), [code](range const& each) {
        return code >= each.first && code <= each.last;
    });
}

void append_ascii(std::string& to, char character) {
    switch (character) {
    case '\n': to += "\\n"; return;
    case '\r': to += "\\r"; return;
    case '\t': to += "\\t"; return;
    case '\\': to += "\\\\"; return;
    default: break;
    }
    if (character >= 0x20 && character < 0x7f) {
        to += character;
    } else {
        fmt::format_to(std::back_inserter(to), "\\x{:02x}", static_cast<unsigned char>(character));
    }
}

/// The beginning of a text, cut between characters.
std::string_view up_to(std::string_view text, std::size_t longest) noexcept {
    if (text.size() <= longest) return text;
    std::size_t cut = longest;
    while (cut > 0 && cut + 4 > longest && (static_cast<unsigned char>(text[cut]) & 0xc0u) == 0x80)
        --cut;
    return text.substr(0, cut);
}

}  // namespace

std::string escaped(std::string_view text) {
    std::string safe;
    safe.reserve(text.size());
    while (!text.empty()) {
        auto const next = first_character(text);
        if (next.bytes <= 1) {
            append_ascii(safe, text.front());
        } else if (is_harmful(next.code)) {
            fmt::format_to(std::back_inserter(safe), "\\u{{{:x}}}",
                           static_cast<std::uint32_t>(next.code));
        } else {
            safe += text.substr(0, next.bytes);
        }
        text.remove_prefix(std::max<std::size_t>(next.bytes, 1));
    }
    return safe;
}

std::string in_quotes(std::string_view text) {
    auto const whole = up_to(text, 40);
    return fmt::format("'{}{}'", escaped(whole), whole.size() < text.size() ? "..." : "");
}

std::string in_quotes(std::string_view text, std::size_t longest) {
    auto const whole = up_to(text, longest);
    std::string quoted = "'";
    for (char const each : escaped(whole)) quoted.append(each == '\'' ? "\\" : "") += each;
    return quoted.append(whole.size() < text.size() ? "...'" : "'");
}

}  // namespace fibercast
