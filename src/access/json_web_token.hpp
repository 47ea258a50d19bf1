#pragma once

#include <fibercast/access/token_rules.hpp>
#include <fibercast/access/trusted_keys.hpp>

#include <boost/json/object.hpp>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fibercast {

/// A token in the compact serialization (RFC 7515, section 7.1), taken apart; nothing in it is
/// verified.
struct json_web_token {
    boost::json::object header;
    boost::json::object claims;
    std::string_view signed_text;  ///< Of what it was parsed from.
    std::string signature;
};

/// Throws `bad_token` when it is none.
json_web_token parse_json_web_token(std::string_view token, std::size_t longest);

/// What takes no key to find wrong: the header, whom it is for, and when. Throws `bad_token`;
/// otherwise returns its `exp`, if it has one.
std::optional<std::chrono::sys_seconds> check_token(json_web_token const& token,
                                                    token_rules const& rules,
                                                    std::chrono::sys_seconds now);

/// Whose key has signed it, of those that serve the role. Each key that is tried is counted. Throws
/// `bad_token`.
issuer const& signer_of(json_web_token const& token, token_rules const& rules,
                        trusted_keys const& keys, token_role role,
                        std::atomic<std::uint64_t>& checks);

/// A member that is a string; nothing when there is none of that name. Throws `bad_token` when it
/// is something else.
std::optional<std::string_view> text_member(boost::json::object const& of, std::string_view name);

}  // namespace fibercast
