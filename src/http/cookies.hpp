#pragma once

#include "trimmed.hpp"

#include <fibercast/http/request.hpp>

#include <algorithm>
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
            auto const end = std::min(rest.find(';'), rest.size());
            auto const pair = rest.substr(0, end);
            rest.remove_prefix(std::min(end + 1, rest.size()));
            auto const sign = std::min(pair.find('='), pair.size());
            std::optional<std::string_view> value;
            if (sign != pair.size()) value = trimmed(pair.substr(sign + 1));
            visit(trimmed(pair.substr(0, sign)), value);
        }
    }
}

}  // namespace fibercast
