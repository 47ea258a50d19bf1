#include "utf8.hpp"

#include <boost/locale/utf.hpp>

namespace fibercast {

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

}  // namespace fibercast
