#pragma once

#include <fibercast/api.hpp>
#include <fibercast/http/request.hpp>
#include <fibercast/http/response.hpp>
#include <fibercast/service/publish_permit.hpp>
#include <fibercast/service/token_access.hpp>
#include <fibercast/sse/subscription.hpp>

#include <functional>
#include <optional>
#include <variant>

namespace fibercast {

// Whom streams and publishing are for, by their tokens:
//
//     routes.get("/", subscribe_to(clients, {.admit = admit_readers(rules)}));
//     publisher const publishing(clients, {.admit = admit_publishers(rules)});
//
// The hub's option `spelling` should be `spelled_as_urls`, as tokens name topics by URL patterns.
// Both throw `std::invalid_argument` for origins that are none.

/// For `subscribe_options::admit`. Who has a token that counts may subscribe to anything, reads by
/// it what is private, and is ended before it ends. Others may subscribe to what the rules say, and
/// have the broadcasts with it.
FIBERCAST_API std::function<std::optional<response>(request const&, subscription&)> admit_readers(
    access_rules rules);

/// For `publish_options::admit`. A token must allow all topics of each event, and `*` for a
/// broadcast. The publisher is the token's issuer and `sub`; without a `sub` it is the token. As a
/// publisher's query is of the event, `access_rules::parameter` is nothing there.
FIBERCAST_API std::function<std::variant<publish_permit, response>(request const&)>
admit_publishers(access_rules rules);

}  // namespace fibercast
