#include "percent.hpp"

#include <boost/url/decode_view.hpp>
#include <boost/url/encode.hpp>
#include <boost/url/pct_string_view.hpp>
#include <boost/url/rfc/unreserved_chars.hpp>

namespace fibercast {
namespace {

namespace urls = boost::urls;

std::optional<std::string> decoded(std::string_view text, bool space_as_plus) {
    if (text.find_first_of(space_as_plus ? "%+" : "%") == text.npos) return std::string(text);
    auto const encoded = urls::make_pct_string_view(text);
    if (!encoded) return std::nullopt;
    urls::encoding_opts how;
    how.space_as_plus = space_as_plus;
    urls::decode_view const view(*encoded, how);
    return std::string(view.begin(), view.end());
}

}  // namespace

bool is_percent_encoded(std::string_view text) noexcept {
    return text.find('%') == text.npos || urls::make_pct_string_view(text).has_value();
}

std::optional<std::string> percent_decoded(std::string_view text) { return decoded(text, false); }

std::optional<std::string> form_decoded(std::string_view text) { return decoded(text, true); }

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

std::string percent_encoded(std::string_view text) {
    return urls::encode(text, urls::unreserved_chars);
}

std::string percent_encoded_path(std::string_view path) {
    return urls::encode(path, urls::unreserved_chars + '/');
}

}  // namespace fibercast
