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

}  // namespace fibercast
