#include "percent_encode.hpp"

namespace fibercast {
namespace {

std::string_view more_of(percent_set set) noexcept {
    switch (set) {
    case percent_set::c0_control: return "";
    case percent_set::fragment: return " \"<>`";
    case percent_set::query: return " \"#<>";
    case percent_set::special_query: return " \"#<>'";
    case percent_set::path: return " \"#<>?^`{}";
    case percent_set::userinfo: return " \"#<>?^`{}/:;=@[\\]|";
    }
    return "";
}

}  // namespace

std::string percent_encoded(std::string_view text, percent_set set) {
    constexpr char digits[] = "0123456789ABCDEF";
    auto const more = more_of(set);
    std::string made;
    made.reserve(text.size());
    for (char const c : text) {
        auto const byte = static_cast<unsigned char>(c);
        if (byte > 0x1f && byte < 0x7f && more.find(c) == more.npos) {
            made += c;
            continue;
        }
        made += '%';
        made += digits[byte >> 4];
        made += digits[byte & 15];
    }
    return made;
}

bool is_unreserved(char c) noexcept {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
           c == '.' || c == '_' || c == '~';
}

int hex_digit(char c) noexcept {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

std::string percent_decoded_leniently(std::string_view text) {
    std::string made;
    made.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        bool const three = text[i] == '%' && text.size() - i > 2;
        int const high = three ? hex_digit(text[i + 1]) : -1;
        int const low = three ? hex_digit(text[i + 2]) : -1;
        if (high < 0 || low < 0) {
            made += text[i];
            continue;
        }
        made += static_cast<char>(high * 16 + low);
        i += 2;
    }
    return made;
}

}  // namespace fibercast
