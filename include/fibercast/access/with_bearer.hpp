#pragma once

#include <fibercast/access/credentials.hpp>
#include <fibercast/access/verifier.hpp>
#include <fibercast/api.hpp>
#include <fibercast/http/handler.hpp>

#include <functional>
#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace fibercast {

struct bearer_options {
    /// What the handler behind it is for: which keys count.
    token_role role = token_role::subscribe;
    /// Who has no token gets a grant that allows nothing, in place of a refusal.
    bool anonymous = false;
    /// Of the token; empty: none is looked at.
    std::string cookie{usual_token_cookie};
    /// Of the query, see `token_places`; empty: none.
    std::string parameter = {};
    /// Whose pages may change something with the cookie: `https://example.com`, see
    /// `check_known_origins`.
    std::vector<std::string> origins = {};
};

using grant_ptr = std::shared_ptr<grant const>;

/// A handler that knows from whom a request is. Whoever streams keeps the grant for as long, to ask
/// it about each event. It is never null.
using granted_handler = std::function<response(request const&, grant_ptr const&)>;

/// Who has sent it, or the refusal that is to be the answer. For a route that calls it by name; the
/// origins must be as browsers write them.
FIBERCAST_API std::variant<grant_ptr, access_refusal> grant_of(request const& asked,
                                                               verifier const& by,
                                                               bearer_options const& settings);

/// A handler that refuses or asks `inner`:
///
///     auto const inner = [=](request const& asked, grant_ptr const& from) {
///         resolved_topic const topic(asked.path(), verifier->hub_url());
///         if (!from->may_read({&topic, 1}))
///             return verifier->refusal(access_error::insufficient_scope).answer();
///         ...
///     };
///     routes.get("/news/{name}", with_bearer(verifier, {}, inner));
///
/// Throws `std::invalid_argument` for an origin that is none, and for `*` and `null`. The verifier is
/// never null.
FIBERCAST_API handler with_bearer(std::shared_ptr<verifier const> by, bearer_options settings,
                                  granted_handler inner);

}  // namespace fibercast
