#pragma once

#include <fibercast/access/credentials.hpp>
#include <fibercast/access/signing_algorithm.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace fibercast::app {

/// Who may do what on the public address, and how the Mercure protocol is spoken there.
struct access_options {
    std::string hub_url = "http://localhost/.well-known/mercure";
    bool says_hub_url = false;  ///< It was said, maybe as it would be without.
    std::string audience;       ///< Empty: the hub's URL.

    std::string issuer;
    std::string key_file;             ///< For publishing and subscribing; empty: none.
    std::string publisher_key_file;   ///< For publishing alone.
    std::string subscriber_key_file;  ///< For subscribing alone.
    std::string jwks_file;            ///< For both.
    std::optional<signing_algorithm> algorithm = std::nullopt;  ///< Nothing: as the file says.

    std::vector<std::string> anonymous{"*"};  ///< See `access_rules`.
    /// Nothing: as the protocol recommends; empty: none.
    std::optional<std::string> cookie = std::nullopt;
    std::vector<std::string> authorization_servers = {};

    bool mercure = true;
    bool subscriptions = false;
    bool compatible_with_0x = false;
    std::chrono::milliseconds longest_stream{3'600'000};

    /// Those that tokens of publishers can be signed with.
    bool has_publishing_keys() const noexcept {
        return !key_file.empty() || !publisher_key_file.empty() || !jwks_file.empty();
    }
    bool has_keys() const noexcept { return has_publishing_keys() || !subscriber_key_file.empty(); }

    /// Whether somebody may subscribe or read by them.
    bool knows_url_patterns() const noexcept {
        return (mercure || has_keys()) && !compatible_with_0x;
    }

    /// Whether it makes a difference to who subscribes what token they have.
    bool looks_at_tokens() const { return has_keys() || anonymous != access_options().anonymous; }
};

}  // namespace fibercast::app
