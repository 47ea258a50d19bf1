#include <fibercast/access/with_bearer.hpp>

#include <fibercast/http/cors.hpp>

#include <stdexcept>
#include <utility>

namespace fibercast {

std::variant<grant_ptr, access_refusal> grant_of(request const& asked, verifier const& by,
                                                 bearer_options const& settings) {
    using source = presented_token::source;
    auto const token = token_of(asked, settings.cookie);
    switch (token.from) {
    case source::malformed: return by.refusal(access_error::invalid_request);
    case source::nothing:
        if (!settings.anonymous) return by.refusal(access_error::no_token);
        return std::make_shared<grant const>();
    case source::cookie:
        if (!is_safe_method(asked.method()) && !is_from_origin_of(asked, settings.origins))
            return by.refusal(access_error::foreign_origin);
        break;
    case source::header: break;
    }
    return by.verify(token.text, settings.role);
}

handler with_bearer(std::shared_ptr<verifier const> by, bearer_options settings,
                    granted_handler inner) {
    for (auto const& each : settings.origins) {
        check_origin(each);
        if (each == "*" || each == "null")
            throw std::invalid_argument("a cookie is for pages of known origins");
    }
    return [by = std::move(by), settings = std::move(settings),
            inner = std::move(inner)](request const& asked) {
        auto const answer = grant_of(asked, *by, settings);
        if (auto const* const refused = std::get_if<access_refusal>(&answer))
            return refused->answer();
        return inner(asked, std::get<grant_ptr>(answer));
    };
}

}  // namespace fibercast
