#include "checked_text.hpp"

#include "http/escape.hpp"
#include "http/utf8.hpp"

#include <fibercast/http/request_error.hpp>

#include <fmt/format.h>

namespace fibercast::mercure {

void check_text(std::string_view what, std::string_view text, std::size_t longest) {
    if (text.size() > longest) {
        throw request_error(
            fmt::format("the {} {} is longer than {} bytes", what, in_quotes(text), longest),
            status::payload_too_large);
    }
    for (auto rest = text; !rest.empty();) {
        auto const next = first_character(rest);
        if (next.bytes == 0)
            throw request_error(fmt::format("the {} {} is no UTF-8", what, in_quotes(text)));
        if (is_control_or_format(next.code)) {
            throw request_error(
                fmt::format("the {} {} has a control or format character", what, in_quotes(text)));
        }
        rest.remove_prefix(next.bytes);
    }
}

}  // namespace fibercast::mercure
