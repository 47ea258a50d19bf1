#include <fibercast/access/with_bearer.hpp>

#include <fibercast/http/origin.hpp>

#include <utility>

namespace fibercast {

std::variant<grant_ptr, access_refusal> grant_of(request const& asked, verifier const& by,
                                                 bearer_options const& settings) {
    using source = presented_token::source;
    auto const token = token_of(asked, {settings.parameter, settings.cookie});
    switch (token.from) {
    case source::malformed: return by.refusal(access_error::invalid_request);
    case source::nothing:
        if (!settings.anonymous) return by.refusal(access_error::no_token);
        return std::make_shared<grant const>();
    case source::cookie:
        if (!is_from_origin(asked, settings.origins))
            return by.refusal(access_error::foreign_origin);
        break;
    case source::header:
    case source::parameter: break;
    }
    return by.verify(token.text, settings.role);
}

handler with_bearer(std::shared_ptr<verifier const> by, bearer_options settings,
                    granted_handler inner) {
    check_known_origins(settings.origins);
    return [by = std::move(by), settings = std::move(settings),
            inner = std::move(inner)](request const& asked) {
        auto const answer = grant_of(asked, *by, settings);
        if (auto const* const refused = std::get_if<access_refusal>(&answer))
            return refused->answer();
        return inner(asked, std::get<grant_ptr>(answer));
    };
}

}  // namespace fibercast
