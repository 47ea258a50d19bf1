#include "host.hpp"

#include "percent_encode.hpp"

#include "http/percent.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace fibercast {
namespace {

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

bool is_forbidden_in_host(char c) noexcept {
    return std::string_view("\0\t\n\r #/:<>?@[\\]^|", 17).find(c) != std::string_view::npos;
}

bool is_forbidden_in_domain(char c) noexcept {
    return is_forbidden_in_host(c) || static_cast<unsigned char>(c) < 0x20 || c == '%' ||
           static_cast<unsigned char>(c) >= 0x7f;
}

std::vector<std::string_view> labels_of(std::string_view domain) {
    std::vector<std::string_view> labels;
    for (;;) {
        auto const dot = domain.find('.');
        labels.push_back(domain.substr(0, dot));
        if (dot == domain.npos) return labels;
        domain.remove_prefix(dot + 1);
    }
}

/// Decimal, octal with a '0' before it, hexadecimal with "0x"; nothing for what is no number, or
/// more than an address.
std::optional<std::uint64_t> ipv4_number(std::string_view text) noexcept {
    if (text.empty()) return std::nullopt;
    std::uint64_t base = 10, value = 0;
    if (text.size() > 1 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X')) {
        base = 16;
        text.remove_prefix(2);
    } else if (text.size() > 1 && text[0] == '0') {
        base = 8;
        text.remove_prefix(1);
    }
    for (char const c : text) {
        int const digit = hex_digit(c);
        if (digit < 0 || static_cast<std::uint64_t>(digit) >= base) return std::nullopt;
        value = value * base + static_cast<std::uint64_t>(digit);
        if (value > 0xffffffff) return std::nullopt;
    }
    return value;
}

bool ends_in_number(std::vector<std::string_view> labels) noexcept {
    if (labels.back().empty()) {
        if (labels.size() == 1) return false;
        labels.pop_back();
    }
    auto const last = labels.back();
    if (!last.empty() && std::all_of(last.begin(), last.end(), is_digit)) return true;
    return last.size() > 1 && last[0] == '0' && (last[1] == 'x' || last[1] == 'X') &&
           std::all_of(last.begin() + 2, last.end(), [](char c) { return hex_digit(c) >= 0; });
}

std::optional<std::string> ipv4(std::vector<std::string_view> labels) {
    if (labels.back().empty() && labels.size() > 1) labels.pop_back();
    if (labels.size() > 4) return std::nullopt;
    std::uint64_t address = 0;
    for (std::size_t i = 0; i < labels.size(); ++i) {
        auto const number = ipv4_number(labels[i]);
        if (!number) return std::nullopt;
        bool const last = i + 1 == labels.size();
        // The last number stands for all the bytes that are left.
        auto const limit = last ? std::uint64_t{1} << (8 * (4 - i)) : 256;
        if (*number >= limit) return std::nullopt;
        address += last ? *number : *number << (8 * (3 - i));
    }
    std::string made;
    for (int shift = 24; shift >= 0; shift -= 8) {
        if (!made.empty()) made += '.';
        made += std::to_string((address >> shift) & 255);
    }
    return made;
}

/// Without dots, and with "::" for the first longest run of zeros: not quite as inet_ntop does.
std::string ipv6_text(std::array<unsigned, 8> const& pieces) {
    std::size_t zeros = 8, most = 1;
    for (std::size_t i = 0; i < 8; ++i) {
        std::size_t run = 0;
        while (i + run < 8 && pieces[i + run] == 0) ++run;
        if (run > most) {
            zeros = i;
            most = run;
        }
    }
    std::string made = "[";
    for (std::size_t i = 0; i < 8; ++i) {
        if (i == zeros) {
            made += i == 0 ? "::" : ":";
            i += most - 1;
            continue;
        }
        bool leading = true;
        for (int shift = 12; shift >= 0; shift -= 4) {
            auto const digit = (pieces[i] >> shift) & 15;
            leading = leading && digit == 0 && shift > 0;
            if (!leading) made += "0123456789abcdef"[digit];
        }
        if (i < 7) made += ':';
    }
    return made + ']';
}

std::optional<std::string> ipv6(std::string_view text) {
    std::array<unsigned char, 16> bytes;
    if (text.find('\0') != text.npos) return std::nullopt;
    if (::inet_pton(AF_INET6, std::string(text).c_str(), bytes.data()) != 1) return std::nullopt;
    std::array<unsigned, 8> pieces;
    for (std::size_t i = 0; i < 8; ++i) pieces[i] = bytes[2 * i] * 256U + bytes[2 * i + 1];
    return ipv6_text(pieces);
}

std::optional<std::string> domain(std::string_view text) {
    auto made = percent_decoded_leniently(text);
    if (made.empty() || std::any_of(made.begin(), made.end(), is_forbidden_in_domain))
        return std::nullopt;
    for (char& c : made) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    auto labels = labels_of(made);
    if (ends_in_number(labels)) return ipv4(std::move(labels));
    return made;
}

}  // namespace

std::optional<std::string> parse_host(std::string_view text, bool special) {
    if (text.starts_with('[')) {
        if (text.size() < 2 || !text.ends_with(']')) return std::nullopt;
        return ipv6(text.substr(1, text.size() - 2));
    }
    if (special) return domain(text);
    if (std::any_of(text.begin(), text.end(), is_forbidden_in_host)) return std::nullopt;
    return percent_encoded(text, percent_set::c0_control);
}

}  // namespace fibercast
