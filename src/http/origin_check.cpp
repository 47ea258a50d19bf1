#include <fibercast/http/origin_check.hpp>

#include "cookies.hpp"
#include "escape.hpp"

#include <fibercast/http/origin.hpp>

#include <memory>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace fibercast {
namespace {

/// The name in any case: more is checked then than a handler may heed, and never less.
bool has_cookie(request const& asked, std::string_view wanted) {
    bool found = false;
    each_cookie(asked, [&](std::string_view name, std::optional<std::string_view>) {
        found = found || equal_ignoring_case(name, wanted);
    });
    return found;
}

origin_check_options checked(origin_check_options settings) {
    check_known_origins(settings.origins);
    if (!is_token(settings.cookie))
        throw std::invalid_argument(in_quotes(settings.cookie) + " is no name of a cookie");
    return settings;
}

}  // namespace

handler with_origin_check(origin_check_options settings, handler inner) {
    return [rules = std::make_shared<origin_check_options const>(checked(std::move(settings))),
            inner = std::move(inner)](request const& asked) {
        if (has_cookie(asked, rules->cookie) && !is_from_origin(asked, rules->origins)) {
            return response::text(status::forbidden,
                                  "with a cookie only the pages of listed origins may do that\n");
        }
        return inner(asked);
    };
}

}  // namespace fibercast
