#pragma once

#include <fibercast/access/access_refusal.hpp>
#include <fibercast/access/credentials.hpp>
#include <fibercast/access/grant.hpp>
#include <fibercast/access/verifier.hpp>
#include <fibercast/access/with_bearer.hpp>
#include <fibercast/api.hpp>
#include <fibercast/http/request.hpp>
#include <fibercast/sse/subscription.hpp>

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace fibercast {

/// Who may subscribe and publish, as tokens tell. Any thread may ask.
struct access_rules {
    /// Never null. Without any key nobody's token counts, and nobody can publish.
    std::shared_ptr<verifier const> tokens;
    /// Of the token; empty: none is looked at.
    std::string cookie{usual_token_cookie};
    /// Of the query, see `token_places`; empty: none is looked at.
    std::string parameter = {};
    /// Whose pages may publish with the cookie, see `check_known_origins`.
    std::vector<std::string> origins = {};
    /// What may be subscribed to without a token: topics, and patterns of them (`topic.hpp`); `*` is
    /// everything. None: a token is needed.
    std::vector<std::string> anonymous{"*"};
};

/// Who wants to subscribe. Null: somebody without a token, who may if the rules say so.
FIBERCAST_API std::variant<grant_ptr, access_refusal> reader_of(request const& asked,
                                                                access_rules const& rules);

/// Who wants to publish; never null.
FIBERCAST_API std::variant<grant_ptr, access_refusal> publisher_of(request const& asked,
                                                                   access_rules const& rules);

/// Whether this topic, or all that this pattern is for, may be subscribed to. Who has a token may
/// subscribe to anything: it tells what they get of what is private.
FIBERCAST_API bool may_subscribe(grant_ptr const& from, access_rules const& rules,
                                 std::string_view wanted);

/// What a subscription is bound to by the token it comes with: it reads what is private by it, and
/// ends before it does (`exp`).
FIBERCAST_API void set_terms(subscription& to, grant_ptr const& from);

/// Whether an event about all of these topics may be published; without topics one for all clients,
/// for which the token must allow `*`. False for topics that are the hub's own, see `is_reserved`.
FIBERCAST_API bool may_publish(grant const& from, access_rules const& rules,
                               std::span<std::string const> topics);

}  // namespace fibercast
