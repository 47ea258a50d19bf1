#include <fibercast/http/cors.hpp>

#include "escape.hpp"

#include <fibercast/http/answered.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <stdexcept>
#include <utility>

namespace fibercast {
namespace {

constexpr std::string_view any = "*";

void check_names(std::string_view what, std::vector<std::string> const& all) {
    for (auto const& each : all) {
        // To browsers a `*` in a list is no name.
        if (!is_token(each) || each == any)
            throw std::invalid_argument(fmt::format("{} is no {}", in_quotes(each), what));
    }
}

/// What the answers say, made once.
class cors {
public:
    explicit cors(cors_options settings)
        : settings_(checked(std::move(settings))),
          any_origin_(settings_.origins.front() == any),
          methods_(fmt::format("{}", fmt::join(settings_.methods, ", "))),
          request_fields_(fmt::format("{}", fmt::join(settings_.request_fields, ", "))),
          exposed_fields_(fmt::format("{}", fmt::join(settings_.exposed_fields, ", "))),
          max_age_(fmt::to_string(settings_.max_age.count())) {}

    response answer(request const& asked, handler const& inner) const {
        auto const origin = origin_of(asked);
        auto made = origin && is_preflight(asked) ? answer_preflight(*origin)
                                                  : expose(answered(asked, inner), origin);
        // The answer to another origin's page is another one, which caches are not to mix up.
        if (!any_origin_ && !varies_by_origin(made)) made.header("Vary", "Origin");
        return made;
    }

private:
    static cors_options checked(cors_options settings) {
        if (settings.origins.empty()) throw std::invalid_argument("no origin is allowed");
        for (auto const& each : settings.origins) {
            check_origin(each);
            if (each == any && settings.origins.size() > 1)
                throw std::invalid_argument("the origin * is all there are, and stands alone");
            if (each == any && settings.credentials) {
                throw std::invalid_argument(
                    "the origin * with credentials would let any page read as its visitor");
            }
        }
        if (settings.max_age < settings.max_age.zero())
            throw std::invalid_argument("a negative time is none to remember for");
        check_names("method", settings.methods);
        check_names("field's name", settings.request_fields);
        check_names("field's name", settings.exposed_fields);
        return settings;
    }

    /// Of two, which no browser sends, nobody knows which one counts: that is an origin of nobody.
    static std::optional<std::string_view> origin_of(request const& asked) noexcept {
        auto const origin = asked.fields().find("Origin");
        return asked.fields().count("Origin") > 1 ? std::string_view() : origin;
    }

    static bool varies_by_origin(response const& made) noexcept {
        return std::ranges::any_of(made.fields(), [](field const& each) {
            return equal_ignoring_case(each.name, "Vary") &&
                   (equal_ignoring_case(each.value, "Origin") || each.value == any);
        });
    }

    static bool is_preflight(request const& asked) {
        return asked.method() == "OPTIONS" &&
               asked.fields().find("Access-Control-Request-Method").has_value();
    }

    bool allows(std::string_view origin) const {
        return any_origin_ ||
               std::ranges::find(settings_.origins, origin) != settings_.origins.end();
    }

    /// Says 403 to pages of other origins: without the fields a browser would refuse in any case, and
    /// so its developer sees why.
    response answer_preflight(std::string_view origin) const {
        if (!allows(origin)) {
            return response::text(
                status::forbidden,
                fmt::format("pages of {} have no access here\n", in_quotes(origin)));
        }
        response made(status::no_content);
        admit(made, origin);
        made.header("Access-Control-Allow-Methods", methods_);
        if (!request_fields_.empty()) made.header("Access-Control-Allow-Headers", request_fields_);
        return std::move(made.header("Access-Control-Max-Age", max_age_));
    }

    /// What the handler itself says of origins does not count: it may name one that is not allowed.
    response expose(response made, std::optional<std::string_view> origin) const {
        made.erase("Access-Control-Allow-Origin").erase("Access-Control-Allow-Credentials");
        made.erase("Access-Control-Expose-Headers");
        // Where all may read, caches keep one answer for pages and others.
        if (!any_origin_ && !(origin && allows(*origin))) return made;
        admit(made, origin.value_or(any));
        if (!exposed_fields_.empty()) made.set("Access-Control-Expose-Headers", exposed_fields_);
        return made;
    }

    void admit(response& made, std::string_view origin) const {
        made.set("Access-Control-Allow-Origin", any_origin_ ? any : origin);
        if (settings_.credentials) made.set("Access-Control-Allow-Credentials", "true");
    }

    cors_options const settings_;
    bool const any_origin_;
    std::string const methods_, request_fields_, exposed_fields_, max_age_;
};

}  // namespace

handler with_cors(cors_options settings, handler inner) {
    return [rules = std::make_shared<cors const>(std::move(settings)),
            inner = std::move(inner)](request const& asked) { return rules->answer(asked, inner); };
}

}  // namespace fibercast
