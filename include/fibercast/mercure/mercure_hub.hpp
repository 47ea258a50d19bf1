#pragma once

#include <fibercast/api.hpp>
#include <fibercast/http/router.hpp>
#include <fibercast/mercure/protocol.hpp>
#include <fibercast/service/subscribing.hpp>
#include <fibercast/service/token_access.hpp>
#include <fibercast/sse/hub.hpp>
#include <fibercast/url/url.hpp>

#include <chrono>
#include <string>
#include <vector>

/// A hub of the Mercure protocol (draft-dunglas-mercure-08) over one of ours: docs/mercure.md says
/// what it does, and where it has a choice, which.
namespace fibercast::mercure {

struct hub_settings {
    /// The path of its verifier's `hub_url` is that of the routes.
    access_rules access;
    /// The verifier's rules must go with it: `token_rules::mercure_0x`.
    protocol version = protocol::v1_0;
    /// How many may subscribe, from where. `policies` are not used: a subscriber has the hub's.
    subscribe_options limits = {};

    /// After so long a stream ends, less up to a tenth of it, so that not all end at once: whoever
    /// is still there comes back and shows a token that still counts. 0: never.
    std::chrono::milliseconds longest_stream{3'600'000};

    /// Whether it is published who has subscribed to what, and can be asked for. Each subscription
    /// is then an event at its beginning and one at its end, in the history as well.
    bool subscriptions = false;

    /// How long a publisher waits for a hub whose workers are behind.
    std::chrono::milliseconds patience{2'000};

    /// Who issues tokens for it, as its metadata says (RFC 9728); usually none but its publishers.
    std::vector<std::string> authorization_servers = {};
};

/// Throws `std::invalid_argument`, with a sentence that says why, unless it is an http or https URL
/// with a path of plain segments, without a query, at most 512 bytes long.
FIBERCAST_API void check_hub_url(url const& hub);

/// Where the metadata of the hub with this URL is (RFC 9728): what a verifier's
/// `resource_metadata` should be.
FIBERCAST_API std::string metadata_url(url const& hub);

/// Adds the hub's routes: to subscribe (GET, QUERY), to publish (POST), its metadata, and its active
/// subscriptions. `clients` must outlive them; its option `spelling` should be `spelled_as_urls`, so
/// that URL patterns see what others publish, too; of `v0_x`, which has none, it must be nothing.
/// Throws `std::invalid_argument` as `check_hub_url`, and for origins that are none.
FIBERCAST_API void add_routes(router& to, hub& clients, hub_settings settings);

}  // namespace fibercast::mercure
