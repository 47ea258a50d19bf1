#pragma once

#include "trimmed.hpp"

#include <fibercast/http/request.hpp>

#include <optional>
#include <string_view>

namespace fibercast {

/// Calls `visit` with the name and the value of each cookie that came with a request; without a value
/// for one that has no '='. There is one field as a rule; HTTP/2 may have it in pieces.
template <typename Visit>
void each_cookie(request const& asked, Visit const& visit) {
    for (auto const& field : asked.fields()) {
        if (!equal_ignoring_case(field.name, "Cookie")) continue;
        for (std::string_view rest = field.value; !rest.empty();) {
            auto pair = taken_to(rest, ';');
            bool const has_value = pair.find('=') != pair.npos;
            auto const name = taken_to(pair, '=');
            visit(name, has_value ? std::optional(trimmed(pair)) : std::nullopt);
        }
    }
}

}  // namespace fibercast
