#include "head_scanner.hpp"

#include <fibercast/http/fields.hpp>

#include <algorithm>

namespace fibercast {
namespace {

constexpr rejection bad(char const* why) { return {status::bad_request, why}; }

rejection not_ended() { return bad("a line that does not end in CRLF"); }

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
    while (line_start_ < head.size() && size_ == 0) {
        if (head[line_start_] == ' ' || head[line_start_] == '\t')
            return bad("a line that begins with a space");  // a folded field, RFC 9112, 5.2
        auto const seen = scanned_;
        scanned_ = std::min(head.find('\r', seen), head.size());
        if (head.substr(seen, scanned_ - seen).find('\n') != head.npos) return not_ended();
        if (scanned_ + 1 >= head.size()) return std::nullopt;
        if (head[scanned_ + 1] != '\n') return not_ended();
        auto const line = head.substr(line_start_, scanned_ - line_start_);
        if (line_start_ == 0) {
            if (auto const refused = check_request_line(line)) return refused;
        }
        line_start_ = scanned_ += 2;
        if (line.empty()) size_ = scanned_;
    }
    return std::nullopt;
}

}  // namespace fibercast
