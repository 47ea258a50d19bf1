#include "utf8.hpp"

namespace fibercast::app {
namespace {

/// The number of bytes that a first byte announces, and the bits it contributes.
utf8_character announced(unsigned char first) noexcept {
    if (first < 0x80) return {first, 1};
    if (first >= 0xc0 && first < 0xe0) return {first & 0x1fu, 2};
    if (first >= 0xe0 && first < 0xf0) return {first & 0x0fu, 3};
    if (first >= 0xf0 && first < 0xf8) return {first & 0x07u, 4};
    return {};
}

bool allowed(utf8_character it) noexcept {
    constexpr char32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    return it.code >= smallest[it.bytes] && it.code <= 0x10ffff &&
           (it.code < 0xd800 || it.code > 0xdfff);
}

}  // namespace

utf8_character first_character(std::string_view text) noexcept {
    if (text.empty()) return {};
    auto found = announced(static_cast<unsigned char>(text.front()));
    if (found.bytes == 0 || text.size() < found.bytes) return {};
    for (char const each : text.substr(1, found.bytes - 1)) {
        auto const byte = static_cast<unsigned char>(each);
        if ((byte & 0xc0u) != 0x80) return {};
        found.code = (found.code << 6) | (byte & 0x3fu);
    }
    return allowed(found) ? found : utf8_character{};
}

bool is_utf8(std::string_view text) noexcept {
    while (!text.empty()) {
        auto const next = first_character(text);
        if (next.bytes == 0) return false;
        text.remove_prefix(next.bytes);
    }
    return true;
}

}  // namespace fibercast::app
