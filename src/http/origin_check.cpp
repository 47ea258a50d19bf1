#include <fibercast/http/origin_check.hpp>

#include "escape.hpp"
#include "trimmed.hpp"

#include <fibercast/http/cors.hpp>

#include <algorithm>
#include <memory>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace fibercast {
namespace {

bool is_safe(std::string_view method) noexcept {
    for (std::string_view const each : {"GET", "HEAD", "OPTIONS", "TRACE", "QUERY"})
        if (method == each) return true;
    return false;
}

/// `https://example.org` of `https://example.org/path?query`. What is no URL is no listed origin
/// either.
std::string_view origin_of_url(std::string_view url) noexcept {
    auto const mark = url.find("://");
    if (mark == url.npos) return {};
    return url.substr(0, url.find_first_of("/?#", mark + 3));
}

/// The name in any case: more is checked then than a handler may heed, and never less.
bool has_cookie(request const& asked, std::string_view wanted) noexcept {
    for (auto const& [name, value] : asked.fields()) {
        if (!equal_ignoring_case(name, "Cookie")) continue;
        for (std::string_view rest = value; !rest.empty();) {
            auto const end = std::min(rest.find(';'), rest.size());
            auto const pair = rest.substr(0, end);
            if (equal_ignoring_case(trimmed(pair.substr(0, pair.find('='))), wanted)) return true;
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
    }
    return false;
}

origin_check_options checked(origin_check_options settings) {
    for (auto const& each : settings.origins) {
        check_origin(each);
        if (each == "*" || each == "null")
            throw std::invalid_argument(in_quotes(each) + " is the origin of any page");
    }
    if (!is_token(settings.cookie))
        throw std::invalid_argument(in_quotes(settings.cookie) + " is no name of a cookie");
    return settings;
}

}  // namespace

bool is_from_origin(request const& asked, std::span<std::string const> origins) noexcept {
    if (is_safe(asked.method())) return true;
    auto const& sent = asked.fields();
    auto const origin = sent.find("Origin");
    auto const from = origin ? *origin : origin_of_url(asked.header("Referer"));
    if (sent.count(origin ? "Origin" : "Referer") != 1) return false;
    return std::find(origins.begin(), origins.end(), from) != origins.end();
}

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
