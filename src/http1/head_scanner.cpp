#include "head_scanner.hpp"

#include <fibercast/http/fields.hpp>

#include <algorithm>

namespace fibercast {
namespace {

constexpr rejection bad(char const* why) { return {status::bad_request, why}; }

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

bool is_version(std::string_view text) noexcept {
    return text.size() == 8 && text.starts_with("HTTP/") && is_digit(text[5]) && text[6] == '.' &&
           is_digit(text[7]);
}

bool is_target(std::string_view text) noexcept {
    return !text.empty() && std::none_of(text.begin(), text.end(),
                                         [](unsigned char c) { return c <= 0x20 || c == 0x7f; });
}

/// `method SP target SP version` (RFC 9112, section 3), all of it.
std::optional<rejection> check_request_line(std::string_view line) {
    auto const first = line.find(' ');
    auto const last = line.rfind(' ');
    if (first == line.npos || first == last || !is_token(line.substr(0, first)) ||
        !is_target(line.substr(first + 1, last - first - 1)) || !is_version(line.substr(last + 1)))
        return bad("no request line");
    if (line == "PRI * HTTP/2.0")
        return rejection{status::http_version_not_supported, "HTTP/2", true};
    auto const version = line.substr(last + 6);
    if (version == "1.1" || version == "1.0") return std::nullopt;
    return rejection{status::http_version_not_supported, "another version of HTTP"};
}

}  // namespace

std::optional<rejection> head_scanner::scan(std::string_view head) {
    for (; scanned_ < head.size() && size_ == 0; ++scanned_) {
        char const byte = head[scanned_];
        bool const after_return = scanned_ != line_start_ && head[scanned_ - 1] == '\r';
        if (after_return != (byte == '\n')) return bad("a line that does not end in CRLF");
        if (scanned_ == line_start_ && (byte == ' ' || byte == '\t'))
            return bad("a line that begins with a space");  // a folded field, RFC 9112, 5.2
        if (byte != '\n') continue;
        if (auto const refused = end_line(head.substr(line_start_, scanned_ - 1 - line_start_)))
            return refused;
        line_start_ = scanned_ + 1;
    }
    return std::nullopt;
}

std::optional<rejection> head_scanner::end_line(std::string_view line) {
    if (line_start_ == 0) return check_request_line(line);
    if (line.empty()) size_ = scanned_ + 1;
    return std::nullopt;
}

}  // namespace fibercast
