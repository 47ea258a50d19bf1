#include "access.hpp"

#include <fibercast/runtime/log.hpp>
#include <fibercast/service/topic_urls.hpp>
#include <fibercast/url/url.hpp>

#include <spdlog/logger.h>

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

namespace fibercast::app {
namespace {

std::vector<key_file> files_in(access_options const& from) {
    std::vector<key_file> all;
    auto const add = [&](std::string const& path, bool publish, bool subscribe) {
        if (path.empty()) return;
        all.push_back({.issuer = from.issuer,
                       .path = path,
                       .algorithm = from.algorithm,
                       .publish = publish,
                       .subscribe = subscribe});
    };
    add(from.key_file, true, true);
    add(from.publisher_key_file, true, false);
    add(from.subscriber_key_file, false, true);
    if (!from.jwks_file.empty()) {
        all.push_back(
            {.issuer = from.issuer, .path = from.jwks_file, .content = key_file::format::jwk_set});
    }
    return all;
}

verifier_options verifier_settings(access_options const& from) {
    verifier_options settings;
    if (from.compatible_with_0x) settings.rules = token_rules::mercure_0x();
    settings.rules.audience = from.audience;
    // Without an audience of its own a 0.x hub does not look at it.
    if (from.audience.empty() && !from.compatible_with_0x) settings.rules.audience = from.hub_url;
    settings.hub_url = from.hub_url;
    if (from.mercure && !from.compatible_with_0x)
        settings.resource_metadata = mercure::metadata_url(*parse_url(from.hub_url));
    return settings;
}

std::string cookie_of(access_options const& from) {
    auto const usual = from.compatible_with_0x ? "mercureAuthorization" : usual_token_cookie;
    return from.cookie.value_or(std::string(usual));
}

/// Whose pages may publish with a cookie: the hub's own, and those that may send one, unless any
/// page can be one of them.
std::vector<std::string> known_origins(options const& from) {
    std::vector<std::string> all{parse_url(from.access.hub_url)->origin()};
    if (from.cors_credentials)
        std::ranges::remove_copy(from.cors_origins, std::back_inserter(all), "null");
    return all;
}

}  // namespace

access::access(options const& from)
    : keys_(std::make_shared<key_ring>(files_in(from.access))),
      rules_{.tokens = std::make_shared<verifier const>(keys_, verifier_settings(from.access)),
             .cookie = cookie_of(from.access),
             .parameter = from.access.compatible_with_0x ? "authorization" : "",
             .origins = known_origins(from),
             .anonymous = from.access.anonymous} {}

void access::remark(access_options const& from) {
    if (from.compatible_with_0x) {
        log().warn(
            "--mercure-compatibility 0.x: of a token neither type, audience, issuer nor an "
            "end is asked for, and it may be in the URL");
    }
    if (!from.has_publishing_keys())
        log().info("without keys (--jwt-key-file) nobody can publish on the public address");
}

mercure::hub_settings mercure_settings(options const& from, access const& by,
                                       subscribe_options limits) {
    return {.access = by.rules(),
            .version =
                from.access.compatible_with_0x ? mercure::protocol::v0_x : mercure::protocol::v1_0,
            .limits = std::move(limits),
            .longest_stream = from.access.longest_stream,
            .subscriptions = from.access.subscriptions,
            .authorization_servers = from.access.authorization_servers};
}

}  // namespace fibercast::app
