#include "json_text.hpp"

#include "http/utf8.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

namespace fibercast {

std::string json_text(std::string_view text) {
    std::string quoted = "\"";
    while (!text.empty()) {
        auto const next = first_character(text);
        auto const bytes = text.substr(0, next.bytes);
        if (next.bytes == 0) {
            quoted += "\\ufffd";
        } else if (next.code < 0x20 || next.code == 0x7f) {
            fmt::format_to(std::back_inserter(quoted), "\\u{:04x}",
                           static_cast<unsigned>(next.code));
        } else {
            if (next.code == '"' || next.code == '\\') quoted += '\\';
            quoted += bytes;
        }
        text.remove_prefix(std::max<std::size_t>(next.bytes, 1));
    }
    return quoted += '"';
}

response json_answer(std::string text) {
    return response(status::ok, std::move(text))
        .header("Content-Type", "application/json")
        .header("Cache-Control", "no-store");
}

}  // namespace fibercast
