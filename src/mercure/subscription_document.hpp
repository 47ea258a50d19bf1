#pragma once

#include "wanted.hpp"

#include <string>
#include <string_view>

namespace fibercast::mercure {

/// One subscription of one subscriber, as others see it who may (draft-dunglas-mercure-08, "Active
/// Subscriptions").
struct subscription_document {
    wanted_matcher what;
    std::string_view subscriber;  ///< Its id, of its connection.
    std::string_view payload;     ///< An object of JSON from its token; empty: none.
    bool active = true;
};

/// The path below the hub's of all subscriptions, of those by one matcher, and of one of them. Also
/// the topic of the updates about it, and what a token must allow to read.
std::string path_of_subscriptions(std::string_view hub_path);
std::string path_of_subscriptions(std::string_view hub_path, wanted_matcher const& by);
std::string path_of(std::string_view hub_path, subscription_document const& one);

/// What a document of the versions 0.x begins with, as JSON-LD.
inline constexpr char const* linked_data = R"("@context":"https://mercure.rocks/",)";

/// As members of an object of JSON, for a list of them.
std::string members_of(std::string_view hub_path, subscription_document const& one);
/// As JSON of its own.
std::string text_of(std::string_view hub_path, subscription_document const& one);

}  // namespace fibercast::mercure
